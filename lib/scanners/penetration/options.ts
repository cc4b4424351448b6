import type { ClusterIdentity } from '../../core/facts/index.ts';
import type { Vantage } from '../../core/finding.ts';
import type { PenetrationFacts } from '../../core/probing/index.ts';

/** What the user chose. */
export interface PenetrationOptions {
  /** From where to look; from outside only unless told otherwise. */
  readonly vantages?: readonly Vantage[] | undefined;
  /** Networks or addresses that count as the cluster's, though they are not where its nodes are. */
  readonly allow?: readonly string[] | undefined;
  /** Networks that nothing may be sent out of, whatever the cluster says, but by the pod to what only pods can reach; no such limit without. */
  readonly within?: readonly string[] | undefined;
  /** What to look at: `api-server`, `nodes`, `services`, `ingresses`, addresses or networks; everything without. */
  readonly targets?: readonly string[] | undefined;
  /**
   * Seconds that looking may take, all vantages together; what was not asked until then is said to be so. No such limit without. Whoever runs the scan chooses it: it must end before
   * the run is given up.
   */
  readonly lookSeconds?: number | undefined;
  /** Image of the pod of the internal vantage. */
  readonly probeImage?: string | undefined;
}

export interface PenetrationTicket {
  readonly cluster: ClusterIdentity;
  readonly options: PenetrationOptions;
  readonly scanId: string;
}

/** Facts with the time at which they were observed: certificates and versions run out. */
export interface ObservedPenetration extends PenetrationFacts {
  readonly observedAt: string;
}
