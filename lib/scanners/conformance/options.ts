import type { ClusterIdentity } from '../../core/facts/index.ts';
import type { ConformanceFacts } from './facts.ts';
import type { ChosenTests, ConformanceMode, Selection } from './modes.ts';

/** What the user chose of a conformance scan. */
export interface Conformance extends ChosenTests {
  /** Image of the suite; else the release's own for the version of the cluster. */
  readonly image?: string | undefined;
  /** Mirror that images of the suite and of its tests come from, e.g. `registry.example.com/k8s`. */
  readonly registry?: string | undefined;
  /** Image of the container that hands the files over; needs a busybox shell. */
  readonly outputImage?: string | undefined;
  /** Secrets of the namespace `gatehouse-conformance` that images are pulled with. */
  readonly pullSecrets?: readonly string[] | undefined;
  /** Minutes after which the run is given up; 360 unless told otherwise. */
  readonly limitMinutes?: number | undefined;
}

export interface ConformanceOptions {
  readonly conformance?: Conformance | undefined;
}

export const defaultOutputImage = 'docker.io/library/busybox:1.37';
export const defaultLimitMinutes = 360;

/** All that later looks need to know: small, and plain JSON. Everything else is in the cluster. */
export interface ConformanceTicket {
  readonly cluster: ClusterIdentity;
  readonly scanId: string;
  readonly mode: ConformanceMode;
  readonly selection: Selection;
  readonly image: string;
  readonly outputImage: string;
  /** Known to the manifest of the pod and to us. */
  readonly nonce: string;
  readonly startedAt: string;
  /** When the API server says that the namespace came: by its clock, what came later came while the suite ran. */
  readonly madeAt: string;
  readonly limitMinutes: number;
  readonly nodes: ConformanceFacts['nodes'];
  readonly notes: readonly string[];
}
