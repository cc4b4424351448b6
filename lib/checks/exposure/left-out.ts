/** Rows of kube-hunter's list and of our own that no probe and no statement covers, each with the reason: a sentence. The table of docs/generated/probes.md. */
export const leftOut: Readonly<Record<string, string>> = {
  KHV020:
    'kube-hunter only describes it, and no hunter of it is left: answering for the address of others on the network would change the target. Containers that could do so are named by exposure/cluster/raw-sockets.',
  KHV027: 'It is a flaw of `kubectl cp` on the machine of whoever runs kube-hunter, and no server tells which kubectl its users have.',
  KHV028: 'It is a flaw of `kubectl cp` on the machine of whoever runs kube-hunter, and no server tells which kubectl its users have.',
  KHV030:
    'kube-hunter only describes it, and no hunter of it is left: answering DNS queries of others would change the target. Containers that could do so are named by exposure/cluster/raw-sockets.',
  'VSP-01': 'The side of vSphere comes later: vCenter is no part of what the API of the cluster names, so it needs targets of its own.',
  'VSP-02': 'The side of vSphere comes later, as for VSP-01.',
  'VSP-03': 'The side of vSphere comes later, as for VSP-01.',
  'VSP-04': 'The side of vSphere comes later: ESXi hosts are no part of what the API of the cluster names.',
  'VSP-05': 'The side of vSphere comes later: the Supervisor is another cluster, with a scan of its own.',
  'VSP-06': 'The side of vSphere comes later: controllers of NSX and AVI are no part of what the API of the cluster names.',
  'VSP-07': 'The side of vSphere comes later: login pages of appliances are no part of what the API of the cluster names.',
};
