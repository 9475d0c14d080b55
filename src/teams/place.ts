// Places in Teams, and their addresses: `tenant/object id` for someone's own chat, `tenant/conversation` for a shared one.

export interface Place {
  kind: 'personal' | 'groupChat' | 'channel'
  /** A channel's carries the thread: `19:…@thread.tacv2;messageid=…`. */
  conversation: string
}

/** Whether others can look on. */
export function isShared({ kind }: Place): boolean {
  return kind !== 'personal'
}

/** Shared conversations begin with `19:`; nobody's object id does. */
export function isSharedAddress(address: string): boolean {
  return address.includes('/19:')
}

export function personalAddress(tenant: string, objectId: string): string {
  return `${tenant}/${objectId}`
}

export function addressOf(tenant: string, objectId: string, place: Place): string {
  return isShared(place) ? `${tenant}/${place.conversation}` : personalAddress(tenant, objectId)
}
