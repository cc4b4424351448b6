/**
 * The environment variables that a deployment gives to its functions. Declared once: constructs write them, handlers read them, and neither spells a name of its own.
 * None holds a secret; secrets are read from their store when they are needed.
 */
export const environmentNames = {
  /** Table of the records that stay. */
  recordTable: 'GATEHOUSE_RECORD_TABLE',
  /** Table of the records that expire: sign-ins, idempotency keys. */
  shortLivedTable: 'GATEHOUSE_SHORT_LIVED_TABLE',
  /** Bucket of reports, facts and manifests. */
  evidenceBucket: 'GATEHOUSE_EVIDENCE_BUCKET',
  /** `GOVERNANCE` or `COMPLIANCE`: how evidence is locked when its scan says until when. */
  lockMode: 'GATEHOUSE_LOCK_MODE',
  /** Days for which evidence is locked at least, whatever its project says. */
  lockDays: 'GATEHOUSE_LOCK_DAYS',
  /** ARN of the key that signs manifests. */
  signingKey: 'GATEHOUSE_SIGNING_KEY',
  /** Name of the event bus. */
  eventBus: 'GATEHOUSE_EVENT_BUS',
  /** ARN of the topic that gets every event as well. */
  topic: 'GATEHOUSE_TOPIC',
  /** Qualified ARN (alias) of the durable scan function. */
  scanFunction: 'GATEHOUSE_SCAN_FUNCTION',
  /** Qualified ARN (alias) of the durable function that sends webhooks. */
  deliverFunction: 'GATEHOUSE_DELIVER_FUNCTION',
  /** What the names of stored secrets begin with. */
  secretPrefix: 'GATEHOUSE_SECRET_PREFIX',
  /** ARN of the key that encrypts stored secrets. */
  secretKey: 'GATEHOUSE_SECRET_KEY',
  /** CIDRs, comma-separated, in which clusters may lie; without it, the usual rules for addresses hold. */
  allowedNetworks: 'GATEHOUSE_ALLOWED_NETWORKS',
  /** Hosts, comma-separated, to which outgoing webhooks may lead. */
  webhookHosts: 'GATEHOUSE_WEBHOOK_HOSTS',
  /** Address under which people know this Gatehouse: what outgoing events name as their source. */
  publicUrl: 'GATEHOUSE_PUBLIC_URL',
  /** Who is the first admin of the tenant: the address or subject the issuer knows the person by. */
  firstAdmin: 'GATEHOUSE_FIRST_ADMIN',
  /** Issuer of the tokens with which people sign in. */
  issuer: 'GATEHOUSE_ISSUER',
  /** Audience that those tokens must name. */
  audience: 'GATEHOUSE_AUDIENCE',
  /** Client id with which `gatehouse login` asks the issuer. */
  clientId: 'GATEHOUSE_CLIENT_ID',
  /** Claim that holds the groups of a person. */
  groupsClaim: 'GATEHOUSE_GROUPS_CLAIM',
} as const;
export type Setting = keyof typeof environmentNames;

/** Environment variables, as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The value of a variable that may be missing; an empty one is missing. */
export const optionalSetting = (variables: Variables, setting: Setting): string | undefined =>
  variables[environmentNames[setting]] || undefined;

/** The values of variables that must be there. Throws: a function without them was deployed by something else than our stacks. */
export const requiredSettings = <S extends Setting>(variables: Variables, settings: readonly S[]): Readonly<Record<S, string>> => {
  const values = settings.map((setting) => [setting, optionalSetting(variables, setting)] as const);
  const missing = values.filter(([, value]) => value === undefined).map(([setting]) => environmentNames[setting]);
  if (missing.length > 0) throw new Error(`${missing.join(', ')} must be set: deploy the stacks again, they set it.`);
  return Object.fromEntries(values) as Record<S, string>;
};

/** A comma-separated list in a variable. */
export const listSetting = (variables: Variables, setting: Setting): readonly string[] =>
  (optionalSetting(variables, setting) ?? '').split(',').flatMap((part) => part.trim() || []);

/** The namespace and names of the numbers that functions count and alarms watch. */
export const metricNamespace = 'Gatehouse';
/** The one dimension of each of them: CloudWatch takes a number with another one for another number, and an alarm on that stays silent. */
export const metricDimensions = { service: 'gatehouse' } as const;
export const metricNames = {
  /** Seconds by which the oldest due schedule is late. */
  oldestOverdue: 'OldestOverdueSeconds',
  /** Scans that were started by the clock. */
  scansStarted: 'ScansStarted',
  /** Slots that could not run. */
  slotsSkipped: 'SlotsSkipped',
  /** Scans that ended as `failed` or `timed-out`. */
  scansFailed: 'ScansFailed',
  /** Scans that ended as `completed`. */
  scansCompleted: 'ScansCompleted',
} as const;
