import { z } from 'zod';
import { Severity } from '../../core/outcome.ts';
import { ScanKind } from '../../reports/report.ts';

// A policy: what an upgrade must satisfy. The words are those of ValidatingAdmissionPolicy, because people know them.

const durationText = z
  .string()
  .regex(/^(\d+h)?(\d+m)?(\d+s)?$/)
  .refine((text) => text !== '', 'must not be empty')
  .describe('A duration as Go writes it: `24h`, `1h30m`; there is no unit for days.');

/** What a policy demands of the newest scan of one kind. */
export const ScanDemand = z
  .strictObject({
    kind: ScanKind,
    maxAge: durationText.describe('How old the scan may be, e.g. `168h`.'),
    maxFailed: z
      .partialRecord(Severity, z.int().min(0))
      .optional()
      .describe('Open failures allowed by severity; a severity that is not named is not limited.'),
    maxUnscored: z.int().min(0).optional().describe('SBOM: findings without a score that are allowed.'),
    forbidden: z.array(z.string().max(200)).max(100).optional().describe('Checks, or patterns with *, of which nothing may fail.'),
    noneNew: Severity.optional().describe('No failure at or above this severity may be new since the scan before.'),
    minDecided: z.int().min(0).max(100).optional().describe('Share of controls, in percent, that must be decided.'),
    benchmark: z.string().max(20).optional().describe('Version of the benchmark it must have used.'),
    required: z.boolean().default(true).describe('Whether it denies, or only warns.'),
  })
  .meta({ id: 'ScanDemand', description: 'What is asked of the newest completed scan of a kind. Missing, failed or stale is never good.' });
export type ScanDemand = z.infer<typeof ScanDemand>;

const Named = z.strictObject({ name: z.string().regex(/^[a-z][A-Za-z0-9_]{0,62}$/), expression: z.string().min(1).max(4096) });

export const Validation = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/)
    .describe('Names the rule in evaluations and waivers.'),
  expression: z.string().min(1).max(4096).describe('CEL; must be true.'),
  message: z.string().max(500).optional().describe('Said when it is false.'),
  messageExpression: z.string().max(4096).optional().describe('CEL that makes the message, e.g. with names in it.'),
});
export type Validation = z.infer<typeof Validation>;

export const GatePolicy = z
  .strictObject({
    apiVersion: z.literal('gate.gatehouse.dev/v1alpha1'),
    kind: z.literal('GatePolicy'),
    metadata: z.strictObject({
      name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
      description: z.string().max(500).optional(),
    }),
    spec: z.strictObject({
      match: z
        .strictObject({
          actions: z.array(z.enum(['upgrade'])).default(['upgrade']),
          clusters: z.array(z.string().max(100)).max(100).optional().describe('Names or patterns with * of clusters; any without.'),
          tags: z.record(z.string(), z.string()).optional().describe('Tags a cluster must have, as `key: value`.'),
        })
        .default({ actions: ['upgrade'] }),
      params: z
        .record(z.string().regex(/^[a-z][A-Za-z0-9_]{0,62}$/), z.union([z.string().max(1000), z.number(), z.boolean()]))
        .default({})
        .describe('Values that rules read as `params`.'),
      supportWindow: z.int().min(1).max(6).default(3).describe('Minors behind the newest one that are supported.'),
      validFor: durationText.default('1h').describe('How long an `allow` or `warn` holds.'),
      checks: z.strictObject({
        required: z
          .array(z.string().max(100))
          .max(200)
          .default([])
          .describe('Checks, or patterns with *, that deny when they fail, are unknown or broke.'),
        advisory: z
          .array(z.string().max(100))
          .max(200)
          .default([])
          .describe('Checks, or patterns, that warn. A check that neither names is off. The longer pattern wins.'),
      }),
      scans: z.array(ScanDemand).max(10).default([]).describe('What is asked of scans; none means that scan evidence is not considered.'),
      windows: z
        .array(z.strictObject({ cron: z.string().max(100), timeZone: z.string().max(60), hours: z.number().min(0.25).max(168) }))
        .max(20)
        .default([])
        .describe('When upgrades may be allowed; always without.'),
      freezes: z
        .array(z.strictObject({ from: z.string().max(30), to: z.string().max(30), reason: z.string().max(200) }))
        .max(50)
        .default([])
        .describe('When none may be: ISO 8601 times.'),
      failurePolicy: z.enum(['Fail', 'Warn']).default('Fail').describe('What a rule that cannot be computed means.'),
      validationActions: z
        .array(z.enum(['Deny', 'Warn', 'Audit']))
        .min(1)
        .default(['Deny'])
        .describe('What a false rule means.'),
      variables: z.array(Named).max(50).default([]),
      validations: z.array(Validation).max(50).default([]),
      waivable: z
        .array(z.string().max(100))
        .max(200)
        .default([])
        .describe('Checks and rules, or patterns, that a waiver may cover; all others stand.'),
    }),
  })
  .meta({ id: 'GatePolicy', description: 'What an upgrade must satisfy.' });
export type GatePolicy = z.infer<typeof GatePolicy>;
