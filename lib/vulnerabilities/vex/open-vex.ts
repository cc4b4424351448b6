import { z } from 'zod';
import { type VexProduct, type VexStatement, type VexSubject, vexJustifications, vexStatuses } from './statement.ts';

const text = z.string().min(1);
const optional = z.string().optional().catch(undefined);

const component = {
  '@id': text.optional(),
  identifiers: z.object({ purl: text.optional() }).optional(),
  hashes: z.record(z.string(), z.string()).optional(),
};
// the drafts before 0.2.0 wrote plain strings
const Component = z.union([z.object(component), text.transform((id) => ({ '@id': id }))]);
const Product = z.union([
  z.object({ ...component, subcomponents: z.array(Component).optional() }),
  text.transform((id) => ({ '@id': id })),
]);

const Vulnerability = z.union([
  z.object({ '@id': text.optional(), name: text.optional(), aliases: z.array(text).optional() }),
  text.transform((name) => ({ name })),
]);

const Statement = z.object({
  vulnerability: Vulnerability,
  products: z.array(Product).optional(),
  status: z.enum(vexStatuses),
  justification: z.enum(vexJustifications).optional(),
  impact_statement: optional,
  action_statement: optional,
  status_notes: optional,
  timestamp: optional,
  last_updated: optional,
});

export const OpenVex = z.object({
  '@context': z.string().startsWith('https://openvex.dev/ns', 'is not OpenVEX'),
  '@id': text,
  author: optional,
  timestamp: text,
  last_updated: optional,
  statements: z.array(Statement),
});
export type OpenVex = z.infer<typeof OpenVex>;

type Named = z.infer<typeof Component> & {
  readonly identifiers?: { readonly purl?: string | undefined } | undefined;
  readonly hashes?: Record<string, string> | undefined;
};

const subjectOf = ({ '@id': id, identifiers, hashes }: Named): VexSubject => ({
  names: [...new Set([id, identifiers?.purl].filter((name) => name !== undefined))],
  digests: Object.entries(hashes ?? {}).flatMap(([kind, hash]) => (kind === 'sha-256' ? [`sha256:${hash.replace(/^sha256:/, '')}`] : [])),
});

const productOf = (product: z.infer<typeof Product>): VexProduct => ({
  ...subjectOf(product),
  parts: ('subcomponents' in product ? (product.subcomponents ?? []) : []).map(subjectOf),
});

/** The end of an address such as `https://nvd.nist.gov/vuln/detail/CVE-2024-1234` names a vulnerability, too. */
const namesOf = (vulnerability: z.infer<typeof Vulnerability>): readonly string[] => {
  const { name, aliases, '@id': id } = { aliases: undefined, '@id': undefined, ...vulnerability };
  const last = id?.split('/').at(-1);
  return [...new Set([name, ...(aliases ?? []), last].filter((one) => one !== undefined && one !== ''))] as readonly string[];
};

export const statementsOfOpenVex = (document: OpenVex): readonly VexStatement[] =>
  document.statements.map(({ vulnerability, products, status, justification, ...said }) => {
    const words = said.impact_statement ?? said.action_statement ?? said.status_notes;
    return {
      vulnerability: namesOf(vulnerability),
      products: (products ?? []).map(productOf),
      status,
      ...(justification !== undefined && { justification }),
      ...(words !== undefined && { words }),
      at: said.last_updated ?? said.timestamp ?? document.last_updated ?? document.timestamp,
      document: document['@id'],
      ...(document.author !== undefined && { author: document.author }),
    };
  });
