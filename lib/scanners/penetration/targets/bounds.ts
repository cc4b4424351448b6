/** What is asked at most where a cluster, or somebody who may write to it, could name any number: what goes beyond is left out, and said to be where it matters. */
export const bounds = {
  /** Doors of one vantage in all. Those of the API server and of nodes come first. */
  doors: 190_000,
  /** Doors of NodePorts on nodes: beyond, each is tried on the first nodes only, because all nodes hand on alike. */
  nodePortDoors: 40_000,
  /** Addresses of one node: it names them itself. */
  addressesPerNode: 8,
  /** Ports of one node that its pods say they have. */
  podPortsPerNode: 300,
  /** Doors at addresses of balancers and external IPs: of one Service, and in all. Whoever may write a Service may name any number of both. */
  claimedDoorsPerService: 500,
  claimedDoors: 10_000,
  /** Endpoints of the API server, and ports of them. */
  apiServerEndpoints: 32,
  apiServerPorts: 4,
  /** Ports that may be behind a door; more say nothing any more. */
  hints: 32,
  /** Refusals that are told. */
  refusals: 2_000,
  /** Host names of Ingresses in all. */
  ingressHosts: 300,
  /** Addresses at which one host name is asked for: every controller of a kind answers alike. */
  addressesPerHost: 4,
  /** From a pod: other namespaces that are tried, Services in each, and ports of each Service. */
  namespaces: 50,
  servicesPerNamespace: 3,
  portsPerService: 4,
  /** From a pod: pods of each other namespace that are tried without their Service. */
  podsPerNamespace: 2,
} as const;
