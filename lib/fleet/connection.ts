import { z } from 'zod';
import { PipelineRule } from '../gate/pipeline-rule.ts';
import type { pipelineSystems } from '../gate/request.ts';
import { TrustRule } from '../gate/trust-rule.ts';
import { idOf, isoTime, Name, ProjectId } from './common.ts';

// A connection lets one release system ask the gate by its own protocol, and says where it is told. Its secrets are kept apart (`connectionSecret`).

export const ConnectionId = idOf('con', 'connection');

/** Systems that have a protocol of their own, by which they ask. Jobs with tokens need no connection, only a trust rule or an API token. */
export const connectionSystems = [
  'github',
  'gitlab',
  'azure',
  'tekton',
  'cluster-api',
  'flux',
  'webhook',
] as const satisfies readonly (typeof pipelineSystems)[number][];
export type ConnectionSystem = (typeof connectionSystems)[number];

/** An address that paths are put behind, or that is called as it is. */
const address = (what: string, isBase = true) =>
  z
    .string()
    .trim()
    .max(1000)
    .refine(
      (text) => {
        const url = URL.parse(text);
        return (
          url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '' && !(isBase && url.search !== '')
        );
      },
      { message: `must be an https:// address without user name${isBase ? ', query' : ''} and "#"` },
    )
    .describe(what);
const hostPattern = z
  .string()
  .max(253)
  .regex(/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'must be a host such as ci.example.com or *.example.com');

const forSystem = {
  github: z.strictObject({
    system: z.literal('github'),
    apiBase: address('`https://api.github.com`, or `https://<host>/api/v3` of an Enterprise Server; its host must be allowed.').default(
      'https://api.github.com',
    ),
    appId: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/)
      .describe('Id or client id of the GitHub App.'),
  }),
  gitlab: z.strictObject({
    system: z.literal('gitlab'),
    apiBase: address('`https://gitlab.com/api/v4`; its host must be allowed.').default('https://gitlab.com/api/v4'),
    representedAs: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe('User or group as which approvals are given, where there is a choice.'),
  }),
  azure: z.strictObject({
    system: z.literal('azure'),
    collections: z
      .array(address('A collection such as `https://dev.azure.com/fabrikam/`; its host must be allowed.'))
      .min(1)
      .max(20)
      .describe('Collections that answers may go to, whole.'),
  }),
  tekton: z.strictObject({ system: z.literal('tekton') }),
  'cluster-api': z.strictObject({ system: z.literal('cluster-api') }),
  flux: z.strictObject({
    system: z.literal('flux'),
    receiver: address('Address of the receiver that is poked after an allow; its host must be allowed.', false).optional(),
  }),
  webhook: z.strictObject({
    system: z.literal('webhook'),
    clusters: z
      .array(z.string().min(1).max(256))
      .min(1)
      .max(200)
      .describe('Clusters it may ask about, by the name or id that is asked with.'),
    hosts: z
      .array(hostPattern)
      .max(50)
      .default([])
      .describe('Hosts that answers may go to, `ci.example.com` or `*.example.com`; whoever runs Gatehouse must allow them, too.'),
  }),
} satisfies Readonly<Record<ConnectionSystem, z.ZodType>>;

export const ConnectionSettings = z
  .discriminatedUnion('system', [
    forSystem.github,
    forSystem.gitlab,
    forSystem.azure,
    forSystem.tekton,
    forSystem['cluster-api'],
    forSystem.flux,
    forSystem.webhook,
  ])
  .meta({ id: 'ConnectionSettings', description: 'The release system, and what is particular to it.' });
export type ConnectionSettings = z.infer<typeof ConnectionSettings>;

/** A secret that both sides know. */
export const SharedSecret = z
  .string()
  .regex(/^[\x21-\x7e]{16,512}$/, 'must be 16–512 visible ASCII characters without blanks')
  .describe('By which the system proves who it is: it signs with it or shows it.');
/** What we prove ourselves with there. */
export const ConnectionCredential = z
  .string()
  .trim()
  .min(16)
  .max(16_384)
  .describe('Private key of the GitHub App (PEM), or token of the GitLab account that approves.');

const asked = {
  name: Name,
  settings: ConnectionSettings,
  rules: z.array(PipelineRule).max(500).describe('Which cluster a deployment means; the first that fits decides.'),
  active: z
    .boolean()
    .describe('Whether it may ask. Switched off, its address answers as if it were not there, and nobody is told anything.'),
};

export const ConnectionRequest = z
  .strictObject({
    ...asked,
    rules: asked.rules.default([]),
    active: asked.active.default(true),
    secret: SharedSecret.optional().describe('By which the system proves who it is; without it one is made and shown once.'),
    credential: ConnectionCredential.optional(),
  })
  .meta({ id: 'ConnectionRequest', description: 'A release system that is to ask the gate.' });
export type ConnectionRequest = z.infer<typeof ConnectionRequest>;

export const Connection = z
  .object({
    id: ConnectionId,
    projectId: ProjectId,
    ...asked,
    secretReplacedAt: isoTime('When its secret was replaced; as long as this is here, the secret before is good, too').optional(),
    hasCredential: z.boolean().describe('Whether there is a credential by which the system is told.'),
    createdAt: isoTime('When it was made'),
  })
  .meta({ id: 'Connection', description: 'A release system that asks the gate by its own protocol. Its secrets are kept apart.' });
export type Connection = z.infer<typeof Connection>;

export const TrustRuleId = idOf('tru', 'trust rule');
export const TrustRuleRecord = TrustRule.extend({ id: TrustRuleId, projectId: ProjectId, createdAt: isoTime('When it was made') }).meta({
  id: 'TrustRuleRecord',
  description: 'Which jobs of which repository may ask about which clusters of the project.',
});
export type TrustRuleRecord = z.infer<typeof TrustRuleRecord>;

/** Names in the secret store: `secret` is what both sides know (two of them with a blank in between while it is replaced), `credential` what we prove ourselves with. */
export const connectionSecret = (connectionId: string, part: 'secret' | 'credential'): string => `connections/${connectionId}/${part}`;
