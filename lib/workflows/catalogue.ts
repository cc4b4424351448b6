import type { AnyCheck } from '../checks/check.ts';
import { probes, statements } from '../checks/exposure/index.ts';
import type { Probe } from '../checks/exposure/probe.ts';
import type { AnyStatement } from '../checks/exposure/statement.ts';
import { checks } from '../checks/index.ts';
import type { FactName } from '../core/facts/index.ts';
import { type Vantage, vantages } from '../core/finding.ts';
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

/** One probe of the penetration scan, or one statement about exposure that the API alone decides, as the catalogue shows it. */
export interface ExposureEntry {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Rows of the tables it covers: `KHV036` is a number of kube-hunter. */
  readonly covers: readonly string[];
  readonly decidedBy: 'network' | 'API';
  readonly why: string;
  readonly repair: string;
  readonly lookAt?: string;
  readonly techniques: readonly string[];
  readonly references: readonly string[];
  /** Probes only: behind which doors it looks. */
  readonly doors?: {
    readonly places: readonly string[];
    readonly ports: readonly number[];
    readonly transport: 'tcp' | 'udp';
    readonly vantages: readonly Vantage[];
  };
  /** Probes only. */
  readonly intrusiveness?: Probe['intrusiveness'];
  /** Probes only: what it leaves behind in the target. */
  readonly leaves?: string;
}

const exposure = (
  decidedBy: ExposureEntry['decidedBy'],
  { id, title, severity, covers, why, repair, techniques, references }: Probe | AnyStatement,
): ExposureEntry => ({ id, title, severity, covers, decidedBy, why, repair, techniques, references });

const probeEntry = (probe: Probe): ExposureEntry => {
  const { doors, intrusiveness, leaves } = probe;
  const { places, ports = [], transport = 'tcp', vantages: from = vantages } = doors;
  return { ...exposure('network', probe), doors: { places, ports, transport, vantages: from }, intrusiveness, leaves };
};

/** Everything a penetration scan looks for. */
export const exposureCatalogue = (): readonly ExposureEntry[] => [
  ...probes.map(probeEntry),
  ...statements.map((statement) => ({
    ...exposure('API', statement),
    ...(statement.lookAt === undefined ? {} : { lookAt: statement.lookAt }),
  })),
];
