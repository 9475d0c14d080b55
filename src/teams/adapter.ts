// The Bot Framework SDK, and nothing else of the bot: a move to another SDK is this one file.
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
} from 'botbuilder'
import type { Budget } from './limits.ts'
import type { TeamsSettings } from './settings.ts'

export type TenantSettings = Extract<TeamsSettings, { mode: 'tenant' }>

/** What stands on the far side of the wire, where it is not Microsoft's public cloud. */
export interface FarSide {
  /** Where the keys are found that channel tokens are signed with. */
  openIdMetadataUrl: string
  /** Hosts, with their ports, that may ask to be answered. */
  serviceHosts: string[]
  /** What the bot shows the connector, instead of a token from Entra. */
  botToken: string
  /** How much it takes. */
  budgets: readonly Budget[]
}

/** A conversation, and the service through which it is reached. */
export interface Conversation {
  serviceUrl: string
  conversation: string
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#get-single-member-details */
export interface Member {
  id: string
  name?: string
  aadObjectId?: string
  tenantId?: string
  userPrincipalName?: string
  userRole?: string
}

/** The status and body that answer an invoke. */
export interface Answer {
  status: number
  body?: unknown
}

/** The connector's answer to a call that failed. */
export class ConnectorError extends Error {
  override name = 'ConnectorError'
  /** Undefined when there was no answer. */
  readonly status: number | undefined
  readonly code: string
  /** Seconds. */
  readonly retryAfter: number | undefined
  constructor(status: number | undefined, code: string, retryAfter: number | undefined) {
    super(`the connector answered ${status ?? 'nothing'} ${code}`)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The request was not from Microsoft, or not for this bot. */
export class NotAuthentic extends Error {
  override name = 'NotAuthentic'
}

export interface Connector {
  /**
   * Checks a request and acts on it.
   * @returns what an invoke is answered with
   * @throws NotAuthentic
   */
  receive(authorization: string, activity: unknown, act: () => Promise<Answer | undefined>): Promise<Answer | undefined>
  /** @returns the id of the message @throws ConnectorError */
  send(to: Conversation, activity: object): Promise<string>
  update(to: Conversation, id: string, activity: object): Promise<void>
  remove(to: Conversation, id: string): Promise<void>
  /** Opens the personal chat with someone who has the bot, by their account or object id. */
  open(serviceUrl: string, tenant: string, member: string): Promise<string>
  member(to: Conversation, id: string): Promise<Member>
}

/** @param settings undefined for Microsoft's local client, which proves nothing and asks for nothing */
export function botFramework(settings: TenantSettings | undefined, far?: FarSide): Connector {
  return new BotFramework(settings, far)
}

class BotFramework extends CloudAdapter implements Connector {
  readonly #appId: string

  constructor(settings: TenantSettings | undefined, far: FarSide | undefined) {
    const credentials = credentialsOf(settings, far)
    const cloud = far ? { ...publicCloud, ToBotFromChannelOpenIdMetadataUrl: far.openIdMetadataUrl } : {}
    super(new ConfigurationBotFrameworkAuthentication(cloud, credentials))
    this.#appId = settings?.appId ?? ''
  }

  async receive(authorization: string, activity: unknown, act: () => Promise<Answer | undefined>) {
    let began = false
    try {
      const response = await this.processActivity(authorization, activity as Activity, async (context) => {
        began = true
        const answer = await act()
        if (answer) await context.sendActivity({ type: 'invokeResponse', value: answer })
      })
      return response as InvokeResponse | undefined
    } catch (error) {
      // What fails before the turn begins is the token, whatever kind of error the SDK makes of it.
      throw began ? error : new NotAuthentic('the request is not authentic', { cause: error })
    }
  }

  async send(to: Conversation, activity: object) {
    const { id } = await this.#asked(to, (client) =>
      client.conversations.sendToConversation(to.conversation, activity, patience),
    )
    return id
  }

  async update(to: Conversation, id: string, activity: object) {
    await this.#asked(to, (client) => client.conversations.updateActivity(to.conversation, id, activity, patience))
  }

  async remove(to: Conversation, id: string) {
    await this.#asked(to, (client) => client.conversations.deleteActivity(to.conversation, id, patience))
  }

  async open(serviceUrl: string, tenantId: string, member: string) {
    const { id } = await this.#asked({ serviceUrl }, (client) =>
      client.conversations.createConversation({
        isGroup: false,
        bot: { id: `28:${this.#appId}`, name: 'Countersign' },
        members: [{ id: member, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      } as Parameters<typeof client.conversations.createConversation>[0]),
    )
    return id
  }

  async member(to: Conversation, id: string) {
    const found = await this.#asked(to, (client) =>
      client.conversations.getConversationMember(to.conversation, id, patience),
    )
    return found as unknown as Member
  }

  async #asked<T>({ serviceUrl }: Pick<Conversation, 'serviceUrl'>, call: (client: Client) => Promise<T>): Promise<T> {
    const identity = this.createClaimsIdentity(this.#appId)
    const factory = this.botFrameworkAuthentication.createConnectorFactory(identity)
    const client = await factory.create(serviceUrl)
    onlyOnce(client)
    return await call(client).catch((error: unknown) => {
      throw inOurWords(error)
    })
  }
}

type Client = Awaited<
  ReturnType<ReturnType<BotFramework['botFrameworkAuthentication']['createConnectorFactory']>['create']>
>

/** How long the connector may take for an answer, in milliseconds. */
const patience = { timeout: 10_000 }

/**
 * The SDK sends what failed again, also what created something, and heeds no option that says not to (its own comment in
 * serviceClientContext.js: “do something with noPolicy option”): its part that does so is taken out.
 */
function onlyOnce(client: Client): void {
  const { pipeline } = (
    client as unknown as { client: { pipeline: { removePolicy(which: { phase: 'Retry' }): unknown[] } } }
  ).client
  if (pipeline.removePolicy({ phase: 'Retry' }).length === 0)
    throw new Error('the SDK’s retries are not where they were')
}

/** https://learn.microsoft.com/azure/bot-service/bot-builder-authentication */
function credentialsOf(settings: TenantSettings | undefined, far: FarSide | undefined) {
  if (!settings) return new ConfigurationServiceClientCredentialFactory()
  const { appId, tenant, secret } = settings
  const app = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant }
  if (far) return new GivenToken({ ...app, MicrosoftAppPassword: far.botToken, MicrosoftAppType: 'SingleTenant' })
  switch (secret.kind) {
    case 'password':
      return new ConfigurationServiceClientCredentialFactory({
        ...app,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppPassword: secret.password,
      })
    case 'certificate':
      return new ConfigurationServiceClientCredentialFactory({
        ...app,
        MicrosoftAppType: 'SingleTenant',
        CertificateThumbprint: secret.thumbprint,
        CertificatePrivateKey: secret.privateKey,
      })
    case 'managed_identity':
      return new ConfigurationServiceClientCredentialFactory({ ...app, MicrosoftAppType: 'UserAssignedMsi' })
    default:
      return secret satisfies never
  }
}

/** Shows the connector the password itself: another far side than Microsoft's has no Entra to exchange it at. */
class GivenToken extends ConfigurationServiceClientCredentialFactory {
  override async createCredentials() {
    const token = this.password ?? ''
    return {
      signRequest: async <T extends { headers: { set(name: string, value: string): void } }>(request: T) => {
        request.headers.set('Authorization', `Bearer ${token}`)
        return request
      },
    } as Awaited<ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']>>
  }
}

/** The public cloud, but for where its keys are found. */
const publicCloud = {
  ValidateAuthority: 'true',
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
  CallerId: 'urn:botframework:azure',
}

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#errors */
function inOurWords(error: unknown): Error {
  const { statusCode, response, body } = error as {
    statusCode?: number
    response?: { status?: number; headers?: { get(name: string): string | undefined } }
    body?: { error?: { code?: string } }
  }
  const status = statusCode ?? response?.status
  const code = body?.error?.code ?? (error as { code?: string }).code ?? ''
  const wait = Number(response?.headers?.get('retry-after'))
  return new ConnectorError(status, String(code), wait > 0 ? wait : undefined)
}
