// How the bot is connected to Teams: a single-tenant app, or Microsoft's local client on this machine.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Instruction } from '../instruction.ts'

/** What proves to Microsoft that the bot is the app. */
type Secret =
  | { kind: 'password'; password: string }
  /** `thumbprint` is the SHA-1 of the certificate in hex; `privateKey` is PEM. */
  | { kind: 'certificate'; thumbprint: string; privateKey: string }
  | { kind: 'managed_identity' }

export type TeamsSettings = { mode: 'tenant'; appId: string; tenant: string; secret: Secret } | { mode: 'playground' }

const guid = (what: string) => z.guid(`has to be ${what}: 8-4-4-4-12 hex digits`).toLowerCase()
const yes = z.enum(['true', 'false'], 'has to be true or false').transform((given) => given === 'true')

export const TeamsEnvironment = z.object({
  MICROSOFT_APP_ID: guid('the app’s client id').optional(),
  MICROSOFT_APP_TENANT_ID: guid('the id of your Entra tenant').optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_CERTIFICATE: z.string().optional(),
  MICROSOFT_APP_MANAGED_IDENTITY: yes.default(false),
  TEAMS_LOCAL_PLAYGROUND: yes.default(false),
})

/**
 * The way to Teams that the settings describe; undefined when there is none.
 * @throws Instruction when some are set but no way is complete, saying what is missing
 */
export function teamsSettings(given: z.infer<typeof TeamsEnvironment>): TeamsSettings | undefined {
  const {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenant,
    MICROSOFT_APP_PASSWORD: password,
    MICROSOFT_APP_CERTIFICATE: certificate,
    MICROSOFT_APP_MANAGED_IDENTITY: managed,
    TEAMS_LOCAL_PLAYGROUND: playground,
  } = given
  const any = appId ?? tenant ?? password ?? certificate ?? (managed ? 'managed' : undefined)
  if (playground && any !== undefined) {
    throw new Instruction(
      'TEAMS_LOCAL_PLAYGROUND lets a local client in without a token, so it cannot go with MICROSOFT_APP_… settings. Unset one or the other.',
    )
  }
  if (playground) return { mode: 'playground' }
  if (any === undefined) return undefined
  const secrets = [
    ...(password ? [{ kind: 'password', password } as const] : []),
    ...(certificate ? [readCertificate(certificate)] : []),
    ...(managed ? [{ kind: 'managed_identity' } as const] : []),
  ]
  const [secret] = secrets
  if (!appId || !tenant || !secret || secrets.length > 1) {
    throw new Instruction(
      'Teams needs MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID, and one of MICROSOFT_APP_PASSWORD, MICROSOFT_APP_CERTIFICATE (a PEM file with certificate and private key) or MICROSOFT_APP_MANAGED_IDENTITY=true.',
    )
  }
  return { mode: 'tenant', appId, tenant, secret }
}

function readCertificate(path: string): Secret {
  const problem = (what: string) => new Instruction(`MICROSOFT_APP_CERTIFICATE: ${what}`)
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch {
    throw problem(`the file ${path} cannot be read.`)
  }
  const [privateKey] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem) ?? []
  if (!privateKey) throw problem(`the file ${path} holds no private key in PEM.`)
  const certificate = orUndefined(() => new X509Certificate(pem))
  if (!certificate) throw problem(`the file ${path} holds no certificate in PEM.`)
  const key = orUndefined(() => createPrivateKey(privateKey))
  if (!key) throw problem(`the private key in ${path} cannot be read. It must not be encrypted.`)
  if (!certificate.checkPrivateKey(key)) throw problem(`the private key in ${path} is not that of its certificate.`)
  return { kind: 'certificate', thumbprint: certificate.fingerprint.replaceAll(':', ''), privateKey }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
