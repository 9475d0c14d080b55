// What goes wrong between the page, the playground and the bot, collected as it happens.
import type { Page } from 'playwright-core'

interface LogEntry {
  activityName?: string
  to?: string
  response?: { statusCode: number; body?: unknown }
}

/** Must be called before the page is opened; `told` resolves when the bot has answered an activity of that name. */
export function watchFaults(page: Page): { faults: string[]; told(activity: string): Promise<void> } {
  const faults: string[] = []
  const answered = new Map<string, PromiseWithResolvers<void>>()
  const first = (activity: string): PromiseWithResolvers<void> => {
    const known = answered.get(activity) ?? Promise.withResolvers<void>()
    answered.set(activity, known)
    return known
  }
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const expected = /^Failed to load (resource|worklet)/.test(message.text())
    if (message.type() === 'error' && !expected) faults.push(message.text())
  })
  page.on('websocket', (socket) => {
    if (!socket.url().endsWith('/_ws/log/stream')) return
    socket.on('framereceived', ({ payload }) => {
      const { activityName = '', to = '', response }: LogEntry = JSON.parse(String(payload)).log ?? {}
      if (!response) return
      if (to === 'User Application') first(activityName).resolve()
      // 501: what the playground itself does not do, as to delete a message.
      if (response.statusCode < 400 || response.statusCode === 501) return
      faults.push(`${activityName} to ${to}: ${response.statusCode} ${JSON.stringify(response.body)}`)
    })
  })
  return { faults, told: (activity) => first(activity).promise }
}
