import type { ClusterIdentity } from '../core/facts/index.ts';
import type { Result } from '../core/failure.ts';
import type { Need } from '../core/need.ts';
import type { ClusterAccess, KubeletAccess, TlsProbe } from '../ports/cluster-access.ts';
import type { Probing } from '../ports/probing.ts';
import type { ImageTools } from './sbom/tools.ts';

/** What a scanner may use of the outside world. */
export interface ScannerPorts {
  readonly access: ClusterAccess;
  readonly kubelets: KubeletAccess;
  readonly tls: TlsProbe;
  /** The way to kubelets through the API server; used only where the options say so. */
  readonly kubeletProxy?: KubeletAccess | undefined;
  /** For kinds that look over the network; absent in recordings. */
  readonly probing?: Probing | undefined;
  /** For kinds that look into images; absent in recordings. */
  readonly images?: ImageTools | undefined;
  /** Access that still works after `signal` was aborted, for removing what the scan made; `access` itself where nothing is made. */
  readonly cleaner?: ClusterAccess | undefined;
  /** Aborted when the user or the platform wants the scan to end. */
  readonly signal: AbortSignal;
  /** Current time, ISO 8601. */
  now(): string;
  /** Waits so many milliseconds; ends early when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** What the last look wrote down, plain JSON and small: kept between looks that may be minutes and processes apart. */
  readonly notes?: { read(): unknown; write(value: unknown): void } | undefined;
  /** Gives back memory between steps, where the platform can. */
  readonly freeMemory?: (() => void) | undefined;
  /** Told, as a sentence, what a person should know though the scan goes on: what could not be removed. */
  readonly warn?: ((sentence: string) => void) | undefined;
  /** Called as the scanner gets on; `doing` is a few words in the present tense. */
  progress(event: { readonly done: number; readonly total: number; readonly doing: string }): void;
}

/** The cluster a scan is of, and the scan's own id: what it creates is labelled with it. */
export interface ScanTarget {
  readonly cluster: ClusterIdentity;
  readonly scanId: string;
}

/**
 * One shape for all kinds, so that a one-second scan and a two-hour conformance run share it. `start` and `poll` are apart because one invocation on a platform ends after minutes;
 * a short scanner answers at the first poll. `Options` is what the user chose, `Facts` what was observed, `Judged` what follows from it.
 */
export interface Scanner<Options, Ticket, Facts, Judged> {
  readonly kind: 'configuration' | 'penetration' | 'conformance' | 'sbom';
  /** Raised when the same cluster would be judged differently; a comparison needs to know. */
  readonly version: number;
  /** Every right the scan uses: shown to the user, turned into roles, asked about by `doctor`. */
  needs(options: Options): readonly Need[];
  start(target: ScanTarget, options: Options, ports: ScannerPorts): Promise<Result<Ticket>>;
  /** The facts, or `undefined` while they are still being gathered. */
  poll(ticket: Ticket, ports: ScannerPorts): Promise<Result<Facts | undefined>>;
  /** Pure. */
  judge(facts: Facts): Judged;
  /** Always runs, also after a failure or a cancel; idempotent. Answers what it removed, as sentences. */
  cleanUp(ticket: Ticket, ports: ScannerPorts): Promise<Result<readonly string[]>>;
}
