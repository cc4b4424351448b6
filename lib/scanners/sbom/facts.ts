import type { ClusterIdentity, Slice } from '../../core/facts/index.ts';
import type { Platform } from '../../core/sbom/index.ts';
import type { Matches } from '../../vulnerabilities/index.ts';
import type { SbomOptions, Scope } from './options.ts';

/** A container that runs an image. */
export interface ImageContext {
  readonly namespace: string;
  readonly pod: string;
  /** Who owns the pod: `Deployment front`. */
  readonly workload: string;
  readonly container: string;
  readonly kind: 'container' | 'init' | 'ephemeral';
}

/** One image that runs: a digest under one repository's name, for one platform. */
export interface RunningImage {
  /** As the pods name it. */
  readonly names: readonly string[];
  /** Full name without tag and digest; the name itself where it cannot be read. */
  readonly repository: string;
  /** With the digest that runs, where the nodes say one; by this it is pulled. */
  readonly reference: string;
  /** `sha256:…` of what runs; absent where no node says so. */
  readonly digest?: string;
  /** The id a node calls it by, where that is all it says: the digest of the configuration. */
  readonly configDigest?: string;
  readonly platform: Platform;
  readonly contexts: readonly ImageContext[];
}

/** What an image was found to be made of, and what that is vulnerable to. */
export interface AnalysedImage {
  readonly digest: string;
  readonly os?: string;
  readonly packages: number;
  /** What makes the inventory incomplete, as sentences. */
  readonly troubles: readonly string[];
  readonly matches: Matches;
}

export interface ScannedImage extends RunningImage {
  readonly analysis: Slice<AnalysedImage>;
}

/** A node as reports list it. */
export interface SbomNode {
  readonly name: string;
  readonly role: string;
  readonly kubeletVersion: string;
  readonly osImage: string;
}

/** What an SBOM scan observed. */
export interface SbomFacts {
  readonly cluster: ClusterIdentity;
  readonly scope: Scope;
  readonly nodes: Slice<readonly SbomNode[]>;
  readonly images: readonly ScannedImage[];
  /** What a reader must know of how images were pulled, as sentences. */
  readonly notes: readonly string[];
  readonly observedAt: string;
}

export interface SbomTicket {
  readonly cluster: ClusterIdentity;
  readonly scanId: string;
  readonly options: SbomOptions;
  readonly scope: Scope;
}
