// What the Teams surface keeps: where people and conversations are reached, and the forms that are open.
import type { Database } from './database.ts'

export interface TeamsPlace {
  address: string
  serviceUrl: string
  /** Null for someone who was met in a channel only. */
  conversation: string | null
  /** `29:…` of a person. */
  account: string | null
  /** The bot was removed there. */
  dead: boolean
}

export async function teamsPlaceOf(database: Database, address: string): Promise<TeamsPlace | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<TeamsPlace[]>`
      select address, service_url as "serviceUrl", conversation, account, dead
      from countersign.teams_place where address = ${address}`,
  )
  return row
}

/** Any service through which a tenant is reached, for someone who was never met. */
export async function teamsServiceOf(database: Database, tenant: string): Promise<string | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<{ serviceUrl: string }[]>`
      select service_url as "serviceUrl" from countersign.teams_place
      where starts_with(address, ${`${tenant}/`}) order by dead, address limit 1`,
  )
  return row?.serviceUrl
}

/**
 * Writes down where someone or a conversation is reached; what is not known this time stays.
 * @returns whether it had been given up, or was not known: messages may wait for it
 */
export async function noteTeamsPlace(database: Database, place: Omit<TeamsPlace, 'dead'>): Promise<boolean> {
  const { address, serviceUrl, conversation, account } = place
  const rows = await database.run(
    ({ sql }) => sql<{ waited: boolean }[]>`
      with before as (select conversation, dead from countersign.teams_place where address = ${address})
      insert into countersign.teams_place (address, service_url, conversation, account)
      values (${address}, ${serviceUrl}, ${conversation}, ${account})
      on conflict (address) do update set
        service_url = excluded.service_url,
        conversation = coalesce(excluded.conversation, teams_place.conversation),
        account = coalesce(excluded.account, teams_place.account),
        dead = teams_place.dead and excluded.conversation is null
      returning ${conversation}::text is not null
        and not coalesce((select not dead and conversation is not null from before), false) as waited`,
  )
  return rows[0]?.waited ?? false
}

/** Gives a place up, until the bot is added there again. */
export async function giveUpTeamsPlace(database: Database, address: string): Promise<void> {
  await database.run(({ sql }) => sql`update countersign.teams_place set dead = true where address = ${address}`)
}

/** The accounts (`29:…`) of people, in their order; those who were never met have none. */
export async function teamsAccountsOf(database: Database, workspace: string, people: string[]): Promise<string[]> {
  const rows = await database.run(
    ({ sql }) => sql<{ account: string }[]>`
      select p.account from unnest(${people}::text[]) with ordinality as asked (person, place)
      join countersign.identity i on i.workspace = ${workspace} and i.person = asked.person
      join countersign.teams_place p on 'entra:' || p.address = i.identity and p.account is not null
      order by asked.place`,
  )
  return rows.map(({ account }) => account)
}

/** A form that took a message's place on someone's screen. */
export interface OpenForm {
  address: string
  message: string
  person: string
  key: string
  workspace: string
  /** The press that shows it. */
  opener: unknown
  /** What it sends; undefined for what is only looked at. */
  submit?: unknown
  /** What was filled in on the card before. */
  held: unknown
  /** Why the last press was refused, until it is read. */
  refusal?: string | undefined
}

/** Whoever has not sent a form by then has left it. */
const patience = '15 minutes'

export async function noteOpenForm(database: Database, form: OpenForm): Promise<void> {
  const { address, message, person, key, workspace, opener, submit = null, held, refusal = null } = form
  await database.run(
    ({ sql }) => sql`
      insert into countersign.teams_form (address, message, person, key, workspace, opener, submit, held, refusal)
      values (${address}, ${message}, ${person}, ${key}, ${workspace},
        ${JSON.stringify(opener)}::text::jsonb, ${JSON.stringify(submit)}::text::jsonb,
        ${JSON.stringify(held)}::text::jsonb, ${refusal})
      on conflict (address, message, person) do update set
        (key, opener, submit, opened_at, refusal) =
        (excluded.key, excluded.opener, excluded.submit, excluded.opened_at, excluded.refusal)`,
  )
}

/** The forms that are open on a message, of one person or of everyone. */
export async function openForms(
  database: Database,
  { address, message, person }: { address: string; message: string; person?: string },
): Promise<Pick<OpenForm, 'opener' | 'submit' | 'refusal'>[]> {
  return await database.run(
    ({ sql }) => sql<Pick<OpenForm, 'opener' | 'submit' | 'refusal'>[]>`
      select opener, nullif(submit, 'null'::jsonb) as submit, refusal from countersign.teams_form
      where address = ${address} and message = ${message} and (${person ?? null}::text is null or person = ${person ?? null})
        and opened_at > now() - ${patience}::interval`,
  )
}

/** @returns what was filled in on the card before; undefined when no form was open */
export async function closeForm(
  database: Database,
  address: string,
  message: string,
  person: string,
): Promise<unknown> {
  const rows = await database.run(
    ({ sql }) => sql<{ held: unknown }[]>`
      delete from countersign.teams_form
      where address = ${address} and message = ${message} and person = ${person} returning held`,
  )
  return rows[0]?.held
}

/** Closes the forms that were left; gives the messages they stood on. */
export async function closeLeftForms(database: Database): Promise<{ workspace: string; key: string }[]> {
  return await database.run(
    ({ sql }) => sql<{ workspace: string; key: string }[]>`
      delete from countersign.teams_form where opened_at <= now() - ${patience}::interval returning workspace, key`,
  )
}

/** Whether some message that is kept up to date stands there. */
export async function isKept(database: Database, { address, id }: { address: string; id: string }): Promise<boolean> {
  const rows = await database.run(
    ({ sql }) => sql`
      select from countersign.delivery where surface = 'teams' and address = ${address} and ref ->> 'id' = ${id} limit 1`,
  )
  return rows.length > 0
}

/**
 * Says that a message was seen standing in Teams. One whose post was lost half-way is found by that.
 * @returns whether it is the one that is kept up to date; `undefined` when nothing stands under that key
 */
export async function seenStanding(
  database: Database,
  workspace: string,
  { stream, name }: { stream: string; name: string },
  ref: { address: string; id: string },
): Promise<boolean | undefined> {
  const seen = JSON.stringify(ref)
  const rows = await database.run(
    ({ sql }) => sql<{ same: boolean }[]>`
      update countersign.delivery
      set ref = case when ref = 'null'::jsonb then ${seen}::text::jsonb else ref end
      where workspace = ${workspace} and stream = ${stream} and key = ${name} and surface = 'teams'
        and address = ${ref.address}
      returning ref ->> 'id' = ${ref.id} as same`,
  )
  return rows[0]?.same
}
