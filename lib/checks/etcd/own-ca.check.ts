import { defineCheck, unknown } from '../check.ts';
import { certificatesOn, settingsFile } from '../shared/etcd.ts';
import { fails, holds, judgeSettings } from '../shared/flag-check.ts';
import { controlPlaneSlices, judgeInstances, readableInstances } from '../shared/instances.ts';
import { count } from '../shared/words.ts';

/** Different paths can lead to the same authority, so the certificates themselves are compared where they can be had. */
export const ownCa = defineCheck({
  id: 'etcd/own-ca',
  title: 'etcd trusts an authority of its own',
  severity: 'high',
  why: 'Where etcd trusts the authority of the cluster, every client certificate of the cluster, of nodes and of people, opens the whole database.',
  repair:
    'Make an authority for etcd alone (kubeadm keeps it in /etc/kubernetes/pki/etcd/ca.crt), name it in `--trusted-ca-file` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config), and give the API server a client certificate of it.',
  reads: [],
  mayRead: [...controlPlaneSlices, 'nodeFiles'],
  evaluate: (seen) =>
    judgeInstances('etcd', seen, (etcd) => {
      const servers = readableInstances('kube-apiserver', seen);
      const server = servers.find(({ subject }) => subject.node === etcd.subject.node) ?? servers[0];
      const authority = server?.flags['client-ca-file']?.at(-1);
      if (server === undefined || authority === undefined)
        return unknown(etcd.subject, 'The authority of the cluster is not known, so it cannot be compared with that of etcd.', {
          source: server?.source ?? 'pods in kube-system',
          looked: '--client-ca-file of kube-apiserver',
          found: server ? 'not set' : 'no API server pod',
        });
      return judgeSettings(etcd, (settings) => {
        const fromFile = settingsFile(settings);
        if (fromFile) return fromFile;
        const own = settings.text('trusted-ca-file');
        settings.note({ source: server.source, looked: '--client-ca-file', found: authority });
        if (own === '') return fails('etcd trusts no authority, so it cannot tell its clients from others.');
        if (own === authority) return fails(`etcd trusts ${own}, which is the authority of all clients of the API server.`);
        const { node } = etcd.subject;
        const [ofEtcd, ofClients] = [own, authority].map((path) => certificatesOn(node, path, seen.nodeFiles));
        const compared = ofEtcd && ofClients && ofEtcd.filter((certificate) => ofClients.includes(certificate)).length;
        settings.note({
          source: compared === undefined ? 'node files' : `files on node ${node}`,
          looked: `certificates in ${own} and ${authority}`,
          found: compared === undefined ? 'not read, so that the paths alone were compared' : `${count(compared, 'certificate')} in common`,
        });
        return compared
          ? fails(`etcd trusts ${own}, which holds an authority of all clients of the API server, as ${authority} does.`)
          : holds(`etcd trusts ${own}, the API server trusts ${authority}.`);
      });
    }),
});
