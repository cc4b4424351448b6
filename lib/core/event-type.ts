const ofScan = ['projectId', 'clusterId', 'scanId', 'kind'] as const;
const ofEnd = [...ofScan, 'state', 'reason', 'counts', 'failed', 'changes'] as const;

/** What each event says, and the fields of its `data`. */
const words = {
  'scan.started': { when: 'a scan was admitted and begins to look at its cluster', carries: ofScan },
  'scan.completed': { when: 'a scan ended well: its report is there', carries: ofEnd },
  'scan.failed': { when: 'a scan failed, or did not end in its time', carries: ofEnd },
  'scan.cancelled': { when: 'a scan was ended by request', carries: ofEnd },
  'finding.new-critical': {
    when: 'a completed scan found critical failures that the one before had not',
    carries: [...ofScan, 'newCritical'],
  },
  'schedule.skipped': { when: 'a slot of a schedule could not be run, with the reason', carries: [...ofEnd, 'slot'] },
  'credential.expiring': {
    when: 'the credential of a cluster stops working within 14 days',
    carries: ['projectId', 'clusterId', 'name', 'kind', 'expires'],
  },
  'waiver.expiring': {
    when: 'an approved waiver ends within 14 days',
    carries: ['projectId', 'waiverId', 'owner', 'expires', 'check'],
  },
  'evaluation.decided': {
    when: 'the gate decided about an upgrade',
    carries: ['projectId', 'clusterId', 'evaluationId', 'cluster', 'target', 'verdict', 'allowed', 'summary', 'callback'],
  },
} as const satisfies Readonly<Record<string, { readonly when: string; readonly carries: readonly string[] }>>;

export type EventType = keyof typeof words;
/** What can happen that the world outside may want to know: events, webhooks and SNS take their names from here. */
export const eventTypes = Object.keys(words) as readonly EventType[] as readonly [EventType, ...EventType[]];
export const eventWords: Readonly<Record<EventType, { readonly when: string; readonly carries: readonly string[] }>> = words;
