// Live facts of one cluster, as a program of its own so that it can be measured: node test/bench/observe-upgrade.ts KUBECONFIG
import { connect } from '../../lib/adapters/kubernetes/index.ts';
import { readGateVersion } from '../../lib/core/gate/index.ts';
import { observeUpgrade } from '../../lib/scanners/upgrade/index.ts';
import { must } from '../support/answers.ts';

const { access, tls, close } = must(await connect({ kubeconfig: process.argv[2] }));
const target = readGateVersion('v1.37.0');
if (!target) throw new Error('that is a version');
const facts = await observeUpgrade({
  access,
  tls,
  cluster: { id: 'bench', name: 'bench', kubernetesVersion: 'v1.36.0' },
  now: () => new Date().toISOString(),
  signal: new AbortController().signal,
  options: { target, wanted: [{ group: 'old.example.com', version: 'v1beta1', kinds: ['Thing'] }] },
});
close();
const { nodes, pods, oldObjects, apiUse } = facts;
if (!nodes.read || !pods.read || !oldObjects.read || !apiUse.read) throw new Error('a slice was not read');
console.error(
  `${nodes.value.length} nodes, ${pods.value.length} pods, ${oldObjects.value.length} old objects, ${apiUse.value.calls.length} deprecated calls`,
);
