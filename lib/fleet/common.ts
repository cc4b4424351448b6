import { z } from 'zod';

// What the schemas of this folder share. Descriptions are what OpenAPI and docs/generated say of each field: they are written once, here.

/** An id made by us: a short prefix that says what it names, and hex. */
export const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{12,32}$`))
    .describe(`Id of the ${what}; made by the server, never changes.`);

export const ProjectId = z
  .string()
  .regex(/^(default|prj-[0-9a-f]{12,32})$/)
  .describe('Id of the project; `default` is the one every deployment starts with.');
export const ClusterId = idOf('cls', 'cluster');
/** Sorts by the second it was asked or planned for: `20261127T233000Z-<kind letters>-<hex>`. */
export const ScanId = z
  .string()
  .regex(/^\d{8}T\d{6}Z-(cfg|pen|cnf|sbm)-[0-9a-f]{16}$/)
  .describe('Id of the scan: the second (UTC) it was asked or planned for, its kind and hex; sorts by time.');

export const isoTime = (what: string) => z.iso.datetime({ offset: false }).describe(`${what}; ISO 8601, UTC.`);
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  // control and format characters make two names look alike
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'must not hold control characters')
  .describe('Name, 1–64 characters, unique among its kind in its scope without regard to case.');
export const Description = z.string().trim().max(500).describe('Free text for people, at most 500 characters.');
export const Tags = z
  .array(
    z
      .string()
      .max(127)
      .regex(/^[A-Za-z0-9._/-]{1,63}(:[A-Za-z0-9._/-]{0,63})?$/, 'must be `key` or `key:value`'),
  )
  .max(50)
  .describe('Tags, each `key` or `key:value`.');

/** IANA time zone, or `UTC`, `GMT`. Whether the zone exists is asked where it is used. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^(UTC|GMT|[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2})$/, 'must be UTC, GMT or Area/Place')
  .describe('IANA time zone such as `Europe/Zurich`, or `UTC`.');

/** Who did something: a person, a pipeline, a token, a schedule or the service itself. */
export const Actor = z
  .object({
    type: z.enum(['person', 'token', 'pipeline', 'schedule', 'service']).describe('What kind of actor it is.'),
    id: z.string().max(256).describe('Stable id: user id, token id, subject of a pipeline, schedule.'),
    name: z.string().max(256).describe('Name for people.'),
  })
  .meta({ id: 'Actor', description: 'Who did it.' });
export type Actor = z.infer<typeof Actor>;
