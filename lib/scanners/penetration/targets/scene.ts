import type { Slice } from '../../../core/facts/index.ts';
import type { BackendView, ClusterView, NodeView, ServiceView } from '../../../core/probing/index.ts';
import type { DoorBook } from './door-book.ts';
import type { Networks } from './networks.ts';

/** A node with those of its addresses that count, each in its one spelling. */
export interface NodeAt {
  readonly node: NodeView;
  readonly addresses: readonly string[];
}

/** What every part of the derivation looks at and writes to. */
export interface Scene {
  readonly view: ClusterView;
  readonly networks: Networks;
  readonly book: DoorBook;
  readonly nodes: readonly NodeAt[];
  /** Ports of UDP that some probe asks. */
  readonly udpPorts: readonly number[];
  backendOf(service: Pick<ServiceView, 'namespace' | 'name'>): BackendView | undefined;
}

/** What was read; nothing where it was not, which the view itself says. */
export const listOf = <T>(slice: Slice<readonly T[]>): readonly T[] => (slice.read ? slice.value : []);

export const serviceName = ({ namespace, name }: Pick<ServiceView, 'namespace' | 'name'>): string => `Service ${namespace}/${name}`;
