/** What can happen that the world outside may want to know: events, webhooks and SNS take their names from here. */
export const eventTypes = [
  'scan.queued',
  'scan.started',
  'scan.completed',
  'scan.failed',
  'scan.cancelled',
  'finding.new-critical',
  'schedule.skipped',
  'credential.expiring',
  'waiver.expiring',
  'evaluation.decided',
] as const;
export type EventType = (typeof eventTypes)[number];
