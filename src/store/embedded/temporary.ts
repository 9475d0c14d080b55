// A directory for a database that lives as long as one run.
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Unlike a plain temporary directory it can be entered by the user PostgreSQL runs as; what is in it cannot. */
export async function temporaryDataDir(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `${name}-`))
  await chmod(directory, 0o755)
  return directory
}
