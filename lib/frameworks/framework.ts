/** One control of one version of a framework. Titles are our own words: benchmark prose is licensed. */
export interface Control {
  /** Number in this version, as text. */
  readonly id: string;
  readonly title: string;
  readonly level: 1 | 2;
  /** Whether the benchmark calls the assessment automated. */
  readonly automated: boolean;
  /** The checks that decide it; its outcome is the worst of their findings. Never empty. */
  readonly checks: readonly string[];
}

/** A table of controls for a range of Kubernetes minors. */
export interface Framework {
  readonly id: 'cis-kubernetes' | 'gatehouse-penetration' | 'kubernetes-conformance' | 'gatehouse-sbom';
  readonly version: string;
  /** First and last Kubernetes 1.x minor it is meant for. */
  readonly minors: readonly [number, number];
  readonly controls: readonly Control[];
}
