import { z } from 'zod';

/** Databases write `null` where they have nothing; one odd member must not cost the advisory. */
const strings = z
  .array(z.unknown())
  .nullish()
  .transform((some) => (some ?? []).filter((one): one is string => typeof one === 'string'));
const word = z.string().optional().catch(undefined);
const words = z.looseObject({ severity: word, urgency: word }).optional().catch(undefined);

const Severities = z
  .array(z.object({ type: z.string(), score: z.string() }).optional().catch(undefined))
  .nullish()
  .transform((some) => (some ?? []).filter((one) => one !== undefined));

const Event = z.object({ introduced: word, fixed: word, last_affected: word, limit: word });

const Affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  ranges: z
    .array(z.object({ type: z.string(), events: z.array(Event) }))
    .nullish()
    .transform((some) => some ?? []),
  versions: strings,
  severity: Severities,
  ecosystem_specific: words,
  database_specific: words,
});
export type OsvAffected = z.infer<typeof Affected>;

/** An advisory of the Open Source Vulnerability format, schema 1.x: only what Gatehouse uses. */
export const OsvAdvisory = z.object({
  schema_version: z.string().regex(/^1\./, 'is not 1.x').optional(),
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is no id'),
  modified: word,
  published: word,
  withdrawn: word,
  summary: word,
  aliases: strings,
  upstream: strings,
  related: z
    .array(z.unknown())
    .nullish()
    .transform((some) =>
      // objects with an id were written for a while
      (some ?? []).flatMap((one) => {
        const id = typeof one === 'object' && one !== null && 'id' in one ? one.id : one;
        return typeof id === 'string' ? [id] : [];
      }),
    ),
  severity: Severities,
  affected: z
    .array(Affected)
    .nullish()
    .transform((some) => some ?? []),
  references: z
    .array(z.object({ type: word, url: z.string() }).optional().catch(undefined))
    .nullish()
    .transform((some) => (some ?? []).filter((one) => one !== undefined)),
  database_specific: words,
});
export type OsvAdvisory = z.infer<typeof OsvAdvisory>;
