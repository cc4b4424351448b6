import type { AnyCheck } from '../checks/check.ts';
import { checks } from '../checks/index.ts';
import type { FactName } from '../core/facts/index.ts';
import type { Severity } from '../core/outcome.ts';
import { frameworks } from '../frameworks/index.ts';

/** Where the facts of a slice come from. */
export type EvidenceKind = 'API' | 'kubelet' | 'TLS handshake' | 'node files';

const special: Partial<Record<FactName, EvidenceKind>> = { kubelets: 'kubelet', apiServerTls: 'TLS handshake', nodeFiles: 'node files' };

/** One check as the catalogue shows it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Whether it decides, or collects facts for a person. */
  readonly decides: boolean;
  readonly evidence: readonly EvidenceKind[];
  readonly why: string;
  readonly repair: string;
  readonly lookAt?: string;
  /** Control numbers by benchmark version, newest version first. */
  readonly controls: readonly { readonly version: string; readonly ids: readonly string[] }[];
}

const evidenceOf = ({ reads, mayRead }: AnyCheck): readonly EvidenceKind[] => [
  ...new Set([...reads, ...mayRead].map((name: FactName) => special[name] ?? 'API')),
];

const controlsOf = (id: string) =>
  frameworks
    .toReversed()
    .map(({ version, controls }) => ({
      version,
      ids: controls.filter((control) => control.checks.includes(id)).map((control) => control.id),
    }))
    .filter(({ ids }) => ids.length > 0);

/** Every check there is, for people and for the generated docs. */
export const catalogue = (): readonly CatalogueEntry[] =>
  checks.map((check) => ({
    id: check.id,
    title: check.title,
    severity: check.severity,
    decides: check.lookAt === undefined,
    evidence: evidenceOf(check),
    why: check.why,
    repair: check.repair,
    ...(check.lookAt === undefined ? {} : { lookAt: check.lookAt }),
    controls: controlsOf(check.id),
  }));
