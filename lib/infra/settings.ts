import type { Node } from 'constructs';
import { z } from 'zod';

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : value.split(',')).map((part) => part.trim()).filter(Boolean));
const yes = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** What a deployment may choose, as `-c name=value` or under `context` of cdk.json. docs/deploy-to-aws.md explains each. */
export const Settings = z
  .object({
    name: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]{0,20}$/, 'must begin with a capital letter and hold letters and digits only')
      .default('Gatehouse')
      .describe('First part of the names of the stacks.'),
    firstAdmin: z.string().max(256).optional().describe('Address or subject of the first admin of the tenant, as the issuer gives it.'),
    issuer: z
      .url({ protocol: /^https$/ })
      .optional()
      .describe('Issuer (OpenID Connect) with which people sign in.'),
    audience: z.string().max(256).optional().describe('Audience that its tokens must name.'),
    clientId: z.string().max(256).optional().describe('Client id with which `gatehouse login` asks the issuer.'),
    groupsClaim: z.string().max(128).optional().describe('Claim that holds the groups of a person.'),
    allowedNetworks: list.pipe(z.array(cidr).max(100)).default([]).describe('CIDRs in which the API servers of clusters lie.'),
    webhookHosts: list
      .pipe(z.array(z.string().regex(/^([*][.])?[a-z0-9.-]+$/)).max(100))
      .default([])
      .describe('Hosts to which outgoing webhooks may lead, `hooks.example.com` or `*.example.com`.'),
    publicUrl: z
      .url({ protocol: /^https$/ })
      .optional()
      .describe('Address under which people know this Gatehouse; for a domain of your own.'),
    lock: z.enum(['governance', 'compliance']).default('governance').describe('Object Lock of evidence. `compliance` cannot be undone.'),
    lockDays: z.coerce.number().int().min(1).max(3650).default(365).describe('Days for which nobody may delete evidence.'),
    logDays: z.coerce.number().int().default(90).describe('Days for which logs are kept; a number that CloudWatch Logs knows.'),
    notify: yes.default(false).describe('Whether every event also goes to an SNS topic.'),
    alarmEmail: z.email().optional().describe('Address that is told of alarms.'),
    failedScans: z.coerce.number().int().min(1).default(5).describe('Failed scans within an hour that raise the alarm.'),
    requestsPerSecond: z.coerce.number().int().min(1).default(50).describe('Requests per second that the API takes, over all callers.'),
    burst: z.coerce.number().int().min(1).default(100).describe('Requests that may come at once.'),
    vpcId: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/)
      .optional()
      .describe('VPC from which clusters are reached.'),
    subnetIds: list
      .pipe(z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/)))
      .default([])
      .describe('Its private subnets.'),
    securityGroupIds: list
      .pipe(z.array(z.string().regex(/^sg-[0-9a-f]{8,17}$/)))
      .default([])
      .describe('Security groups of the functions.'),
    routeTableIds: list
      .pipe(z.array(z.string().regex(/^rtb-[0-9a-f]{8,17}$/)))
      .default([])
      .describe('Route tables of the subnets, for the gateway endpoints.'),
    endpoints: yes.default(true).describe('Whether to make the VPC endpoints; `false` where the VPC has them already.'),
  })
  .refine(({ vpcId, subnetIds, securityGroupIds }) => !vpcId || (subnetIds.length > 0 && securityGroupIds.length > 0), {
    message: 'vpcId needs subnetIds and securityGroupIds',
  })
  .refine(({ issuer, audience }) => !issuer === !audience, { message: 'issuer and audience come together' });
export type Settings = z.infer<typeof Settings>;

/** Reads the settings from the context of the app. Throws one sentence per setting that is wrong. */
export const readSettings = (node: Node): Settings => {
  const given = Object.keys(Settings.shape).map((name) => [name, node.tryGetContext(name)] as const);
  const read = Settings.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (read.success) return read.data;
  throw new Error(read.error.issues.map(({ path, message }) => `Setting ${path.join('.') || 'combination'}: ${message}.`).join('\n'));
};
