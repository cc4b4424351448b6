import { z } from 'zod';
import type { VexJustification, VexProduct, VexStatement, VexStatus, VexSubject } from './statement.ts';

const optional = z.string().optional().catch(undefined);

interface Component {
  readonly 'bom-ref'?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly purl?: string | undefined;
  readonly components?: readonly Component[] | undefined;
}

const Component: z.ZodType<Component> = z.object({
  'bom-ref': optional,
  type: optional,
  name: optional,
  version: optional,
  purl: optional,
  get components() {
    return z.array(Component).optional();
  },
});

const Affect = z.object({
  ref: z.string(),
  versions: z.array(z.object({ version: optional, range: optional, status: optional })).optional(),
});

export const CycloneDxVex = z.object({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: optional,
  version: z.int().optional().catch(undefined),
  metadata: z
    .object({ timestamp: optional, component: Component.optional(), authors: z.array(z.object({ name: optional })).optional() })
    .optional(),
  components: z.array(Component).optional(),
  vulnerabilities: z
    .array(
      z.object({
        id: z.string().min(1),
        references: z.array(z.object({ id: optional })).optional(),
        updated: optional,
        analysis: z
          .object({ state: optional, justification: optional, detail: optional, firstIssued: optional, lastUpdated: optional })
          .optional(),
        affects: z.array(Affect).optional(),
      }),
    )
    .optional(),
});
export type CycloneDxVex = z.infer<typeof CycloneDxVex>;

const statusOf = new Map<string, VexStatus>([
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
  ['false_positive', 'not_affected'],
  ['not_affected', 'not_affected'],
]);

/** Those that mean the same in OpenVEX; `requires_…` have no word there. */
const justificationOf = new Map<string, VexJustification>([
  ['code_not_present', 'vulnerable_code_not_present'],
  ['code_not_reachable', 'vulnerable_code_not_in_execute_path'],
  ['protected_by_mitigating_control', 'inline_mitigations_already_exist'],
  ['protected_at_runtime', 'inline_mitigations_already_exist'],
  ['protected_at_perimeter', 'inline_mitigations_already_exist'],
  ['protected_by_compiler', 'inline_mitigations_already_exist'],
]);

const subjectOf = ({ purl, name, version, type }: Component): VexSubject => {
  const isContainer = type === 'container';
  const separator = version?.startsWith('sha256:') ? '@' : ':';
  const image =
    isContainer && name !== undefined ? [name.includes('@') || version === undefined ? name : `${name}${separator}${version}`] : [];
  return { names: [...(purl === undefined ? [] : [purl]), ...image], digests: [] };
};

const flatten = (components: readonly Component[]): readonly Component[] =>
  components.flatMap((one) => [one, ...flatten(one.components ?? [])]);

/** A reference is the bom-ref of a component, a BOM-Link to one, or a package URL. */
const refOf = (ref: string): string => {
  const [, inside] = /^urn:cdx:[^#]+#(.+)$/.exec(ref) ?? [];
  try {
    return inside === undefined ? ref : decodeURIComponent(inside);
  } catch {
    return ref;
  }
};

const withVersion = (name: string, version: string): string =>
  name.startsWith('pkg:') && !/@[^/]*$/.test(name.split(/[?#]/)[0] ?? '')
    ? name.replace(/(?=[?#]|$)/, `@${encodeURIComponent(version)}`)
    : name;

/** With versions listed, only those that are not called unaffected; ranges alone say nothing here. */
const narrowed = (subject: VexSubject, { versions }: z.infer<typeof Affect>): VexSubject | undefined => {
  if (versions === undefined || versions.length === 0) return subject;
  const told = versions.flatMap(({ version, status }) => (version === undefined || status === 'unaffected' ? [] : [version]));
  return told.length === 0 ? undefined : { ...subject, names: subject.names.flatMap((name) => told.map((one) => withVersion(name, one))) };
};

const productsOf = (document: CycloneDxVex, affects: readonly z.infer<typeof Affect>[]): readonly VexProduct[] => {
  const main = document.metadata?.component;
  const components = new Map(flatten([...(main ? [main] : []), ...(document.components ?? [])]).map((one) => [one['bom-ref'], one]));
  const whole = main && subjectOf(main);
  const hasWhole = whole !== undefined && whole.names.length > 0;
  if (affects.length === 0) return hasWhole ? [{ ...whole, parts: [] }] : [];
  return affects.flatMap((affect): VexProduct[] => {
    const ref = refOf(affect.ref);
    const component = components.get(ref);
    const subject = narrowed(component ? subjectOf(component) : { names: [ref], digests: [] }, affect);
    if (!subject || subject.names.length === 0) return [];
    return hasWhole && component !== main ? [{ ...whole, parts: [subject] }] : [{ ...subject, parts: [] }];
  });
};

export const statementsOfCycloneDx = (document: CycloneDxVex): readonly VexStatement[] => {
  const author = document.metadata?.authors?.[0]?.name;
  return (document.vulnerabilities ?? []).flatMap(({ id, references, updated, analysis, affects }): VexStatement[] => {
    const status = statusOf.get(analysis?.state ?? '');
    if (status === undefined) return [];
    const justification = justificationOf.get(analysis?.justification ?? '');
    const words = analysis?.detail ?? (justification === undefined ? analysis?.justification : undefined);
    const at = analysis?.lastUpdated ?? analysis?.firstIssued ?? updated ?? document.metadata?.timestamp;
    return [
      {
        vulnerability: [...new Set([id, ...(references ?? []).flatMap((one) => one.id ?? [])])],
        products: productsOf(document, affects ?? []),
        status,
        ...(justification !== undefined && { justification }),
        ...(words !== undefined && { words }),
        ...(at !== undefined && { at }),
        document: document.serialNumber ?? 'CycloneDX document',
        ...(author !== undefined && { author }),
      },
    ];
  });
};
