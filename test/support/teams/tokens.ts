// The channel's tokens: a key pair, the documents a bot finds it by, and signatures.
import { generateKeyPairSync, sign } from 'node:crypto'
import type { Json } from './wire.ts'
import { appId } from './world.ts'

export interface TokenClaims {
  issuer?: string
  audience?: string
  serviceUrl?: string
  /** From now; negative for a token that has run out. */
  lastsSeconds?: number
  /** Names the key in the header. */
  kid?: string
}

export interface Signer {
  /** Documents by their path. */
  documents: Record<string, Json>
  token(claims?: TokenClaims): string
}

const metadataPath = '/v1/.well-known/openidconfiguration'
const keysPath = '/v1/.well-known/keys'
const issuer = 'https://api.botframework.com'
const keyId = 'fake-key'

/** One pair for all fakes of a test run: making one takes a while. */
let pair: ReturnType<typeof makePair> | undefined
const makePair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

export const openIdMetadataUrl = (url: string): string => `${url}${metadataPath}`

/** @param serviceUrl what tokens say unless told otherwise */
export function signer(url: string, serviceUrl: string): Signer {
  pair ??= makePair()
  const { publicKey, privateKey } = pair
  const key = { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid: keyId, endorsements: ['msteams'] }
  return {
    documents: {
      [metadataPath]: {
        issuer,
        jwks_uri: `${url}${keysPath}`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      },
      [keysPath]: { keys: [key] },
    },
    token(claims = {}) {
      const now = Math.floor(Date.now() / 1000)
      const header = { alg: 'RS256', typ: 'JWT', kid: claims.kid ?? keyId }
      const payload = {
        serviceurl: claims.serviceUrl ?? serviceUrl,
        nbf: now - 300,
        iat: now,
        exp: now + (claims.lastsSeconds ?? 3600),
        iss: claims.issuer ?? issuer,
        aud: claims.audience ?? appId,
      }
      const signed = [header, payload].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.')
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
    },
  }
}
