// The questions behind the status, answered by the database from the read models.
import { type SQL, sql } from 'drizzle-orm'
import { openQuestion, person, policyRule, review, threat } from '../../db/schema.ts'
import type { StatusFacts, Waits } from '../domain/status.ts'
import type { Database } from './database.ts'

export interface Scope {
  workspace: string
  /** Only this review. */
  review?: string
  /** Only what this person started, owns, proposed or has to do. */
  person?: string
}

/** Reads everything a status card shows, in one snapshot of the read models. */
export async function readStatus(database: Database, scope: Scope): Promise<StatusFacts> {
  return await database.run(({ db }) =>
    db.transaction(
      async (tx) => ({
        reviews: await tx.execute<StatusFacts['reviews'][number]>(reviewsIn(scope)),
        threats: await tx.execute<StatusFacts['threats'][number]>(threatsIn(scope)),
        waiting: await tx.execute<Waits>(waitingIn(scope)),
        expiring: await tx.execute<StatusFacts['expiring'][number]>(expiringIn(scope)),
        decided: await tx.execute<StatusFacts['decided'][number]>(decidedIn(scope)),
        questions: await tx.execute<StatusFacts['questions'][number]>(questionsIn(scope)),
      }),
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  )
}

/** Everything that waits on people, as {@link Waits}; also compared with the domain's own answer in tests. */
export async function readWaiting(database: Database, scope: Scope): Promise<Waits[]> {
  return await database.run(({ db }) => db.execute<Waits>(waitingIn(scope)))
}

const live = sql`not ${threat.watched} and ${threat.status} not in ('merged', 'dismissed')`
const ofReview = sql`${threat.workspace} = ${review.workspace} and ${threat.review} = ${review.review}`

function within({ workspace, review: one, person: who }: Scope): SQL {
  const parts = [sql`${review.workspace} = ${workspace}`]
  if (one) parts.push(sql`${review.review} = ${one}`)
  if (who) {
    parts.push(sql`(${review.requester} = ${who} or exists (
      select from ${threat} where ${ofReview} and ${who} in (${threat.owner}, ${threat.proposer}, ${threat.doer})))`)
  }
  return sql.join(parts, sql` and `)
}

function reviewsIn(scope: Scope): SQL {
  return sql`
    select ${review.review}, ${review.name}, ${review.stage}, ${review.requester},
      count(${threat.threat}) filter (where ${live})::int as threats,
      count(${threat.threat}) filter (where ${live} and ${threat.status} = 'treated')::int as decided
    from ${review} left join ${threat} on ${ofReview}
    where ${within(scope)}
    group by ${review.workspace}, ${review.review} order by max(${review.openedAt}) desc`
}

function threatsIn(scope: Scope): SQL {
  return sql`
    select ${threat.severity}, ${threat.status}, case when ${threat.status} = 'treated' then ${threat.treatment} end as treatment,
      count(*)::int as count
    from ${review} join ${threat} on ${ofReview} where ${within(scope)} and ${live}
    group by 1, 2, 3`
}

const what = sql`${review.review}, ${review.name}, ${threat.threat}, ${threat.title}, ${threat.severity}`
const since = sql`${threat.waitingSince} as since`

/**
 * Who may put the next signature: the SQL twin of `nextSigners` in domain/authority.ts, over rows instead of a state, so
 * that it counts across every review at once.
 */
function signersOf(listed: SQL): SQL {
  const signers = sql`case when ${threat.treatment} = 'not_applicable' and 'security_lead' = any(${policyRule.signers})
    then array['security_lead'] else ${policyRule.signers} end`
  const apart = sql`(not ${policyRule.threePeople} or ${person.person} <> ${review.requester})`
  const leadApart = sql`(not ${policyRule.threePeople} or ${person.person} <> ${threat.owner})`
  return sql`
    select ${person.person}, ${what}, 'signature' as "waitsFor", ${since} ${listed}
    join ${policyRule} on ${policyRule.workspace} = ${threat.workspace} and ${policyRule.severity} = ${threat.decidingSeverity}
      and not ${policyRule.slot} = any(${threat.signedSlots})
    join ${person} on ${person.workspace} = ${threat.workspace} and (
      ('security_lead' = any(${signers}) and 'security_lead' = any(${person.roles}) and ${leadApart}) or
      ('executive' = any(${signers}) and 'executive' = any(${person.roles})) or
      ('risk_owner' = any(${signers}) and ${person.person} = ${threat.owner}
        and ${person.roles} && array['risk_owner', 'security_lead']))
    where ${threat.status} = 'proposed' and ${review.stage} = 'treatment' and ${apart}
      and ${person.person} <> ${threat.proposer} and not ${person.person} = any(${threat.signedBy})`
}

function waitingIn({ workspace, review: one, person: who }: Scope): SQL {
  const listed = sql`from ${review} join ${threat} on ${ofReview} and ${live} and ${review.workspace} = ${workspace}`
  const promised = sql`${threat.status} = 'treated' and ${threat.treatment} in ('mitigate', 'in_place') and ${threat.verified} is null`
  const waits = sql`
    select ${review.requester} as person, ${what}, 'proposal' as "waitsFor", ${since} ${listed}
    where ${threat.status} = 'open' and ${review.stage} = 'treatment'
    union ${signersOf(listed)}
    union select ${threat.doer}, ${what}, 'evidence', ${since} ${listed}
    where ${promised} and ${threat.evidencedBy} is null
    union select ${person.person}, ${what}, 'verification', ${since} ${listed}
    join ${person} on ${person.workspace} = ${threat.workspace}
      and (${person.person} = ${threat.owner} or 'security_lead' = any(${person.roles}))
    where ${promised} and ${threat.evidencedBy} is not null and ${person.person} <> ${threat.evidencedBy}`
  const wanted = [sql`true`]
  if (one) wanted.push(sql`w.review = ${one}`)
  if (who) wanted.push(sql`w.person = ${who}`)
  return sql`select * from (${waits}) w where ${sql.join(wanted, sql` and `)} order by since, threat`
}

function expiringIn(scope: Scope): SQL {
  return sql`
    select ${review.review}, ${review.name}, ${threat.threat}, ${threat.title},
      case when ${threat.expires} is not null then 'acceptance' else 'mitigation' end as kind,
      coalesce(${threat.expires}, ${threat.due})::text as day
    from ${review} join ${threat} on ${ofReview}
    where ${within(scope)} and ${live} and ${threat.status} = 'treated'
      and (${threat.expires} is not null or (${threat.due} is not null and ${threat.verified} is not true))
    order by day, ${threat.threat} limit 20`
}

function decidedIn(scope: Scope): SQL {
  return sql`
    select ${review.review}, ${review.name}, ${threat.threat}, ${threat.title}, ${threat.treatment}, ${threat.decidedAt}::text as at
    from ${review} join ${threat} on ${ofReview}
    where ${within(scope)} and ${live} and ${threat.status} = 'treated'
    order by ${threat.decidedAt} desc, ${threat.threat} limit 20`
}

function questionsIn(scope: Scope): SQL {
  return sql`
    select ${review.review}, ${review.name}, ${openQuestion.question}, ${openQuestion.owner}, ${openQuestion.due}::text as due
    from ${review} join ${openQuestion} on ${openQuestion.workspace} = ${review.workspace} and ${openQuestion.review} = ${review.review}
    where ${within(scope)} order by ${openQuestion.due} nulls first, ${openQuestion.question}`
}
