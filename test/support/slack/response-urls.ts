// Answers by response URL: thirty minutes, five times, to the person or the channel of one click or command.
import { changeMessage, checkMessage, writeMessage } from './chat-methods.ts'
import type { Json } from './wire.ts'
import { Refusal } from './wire.ts'
import { isTrue, type ResponseUrl, type World } from './world.ts'

/** Takes one answer. */
export function answerByUrl(world: World, id: string, body: Json): { status: number; body: string } {
  const url = world.responseUrls.get(id)
  if (!url) throw new Refusal('invalid_url')
  if (world.now() - url.madeAt > 30 * 60_000) throw new Refusal('expired_url')
  if (url.uses === 5) throw new Refusal('used_url')
  const { original } = url
  if (original && body.replace_original === undefined && !isTrue(body.delete_original))
    // Slack's default differs by where the click came from.
    throw new Refusal('invalid_payload', ['an answer to a click says replace_original or delete_original'])
  if (isTrue(body.delete_original)) {
    url.uses += 1
    find(world, url).deleted = true
    return { status: 200, body: 'ok' }
  }
  checkMessage(world, body)
  url.uses += 1
  if (isTrue(body.replace_original)) {
    const message = find(world, url)
    message.blocks = []
    changeMessage(world, message, body)
  } else showAnswer(world, url, body)
  return { status: 200, body: 'ok' }
}

/** Shows a message to the person alone, or to the channel if it says so. */
export function showAnswer(world: World, { user, channel }: Pick<ResponseUrl, 'user' | 'channel'>, body: Json): void {
  const message = writeMessage(world, channel, body)
  if (body.response_type === 'in_channel') world.messages.push(message)
  else world.ephemerals.push({ ...message, ephemeralTo: user })
}

function find(world: World, { original }: ResponseUrl) {
  const all = [...world.messages, ...world.ephemerals]
  const found = all.find(({ ts, channel, deleted }) => ts === original?.ts && channel === original.channel && !deleted)
  if (!found) throw new Refusal('message_not_found')
  return found
}
