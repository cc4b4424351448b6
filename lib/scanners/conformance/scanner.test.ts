import { beforeEach, describe, expect, it } from 'vitest';
import { delivered, suiteCluster, suiteNode, suitePath, suiteStatus } from '../../../test/support/suite-cluster.ts';
import { recordedJunit, recordedLog } from '../../../test/support/suite-recording.ts';
import { failed } from '../../core/failure.ts';
import { scanLabel } from '../pods/home.ts';
import type { ScannerPorts } from '../scanner.ts';
import type { ConformanceFacts } from './facts.ts';
import { conformanceScanner, sweepConformance } from './index.ts';
import type { podManifest } from './manifest.ts';
import type { ConformanceOptions, ConformanceTicket } from './options.ts';

const scanId = '0198c0de-7000-8000-abcdef012345';
const target = { cluster: { id: 'uid', name: 'production', kubernetesVersion: 'v1.36.3' }, scanId };
const running = suiteStatus({ running: {} });
const ended = suiteStatus(
  { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:10:00Z' } },
  { terminated: { exitCode: 0 } },
  { phase: 'Failed' },
);
const home = '/api/v1/namespaces/gatehouse-conformance';
const binding = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/gatehouse-conformance';

type Cluster = ReturnType<typeof suiteCluster>;
const said: string[] = [];
beforeEach(() => void said.splice(0));

const portsTo = ({ access, now, sleep }: Cluster): ScannerPorts => {
  let noted: unknown;
  return {
    access,
    cleaner: access,
    now,
    sleep,
    signal: new AbortController().signal,
    progress: ({ done, total, doing }) => void said.push(`${done}/${total} ${doing}`),
    // as it is stored between two processes
    notes: {
      read: () => noted,
      write: (value) => {
        noted = JSON.parse(JSON.stringify(value));
      },
    },
  } as Partial<ScannerPorts> as ScannerPorts;
};

const start = async (cluster: Cluster, options: ConformanceOptions = {}, ports = portsTo(cluster)) => {
  const ticket = await conformanceScanner.start(target, options, ports);
  if (!ticket.ok) throw new Error(ticket.failure.say);
  return { ticket: JSON.parse(JSON.stringify(ticket.value)) as ConformanceTicket, ports, cluster };
};
type Started = Awaited<ReturnType<typeof start>>;

const look = async ({ ticket, ports }: Started): Promise<ConformanceFacts | undefined> => {
  const seen = await conformanceScanner.poll(ticket, ports);
  if (!seen.ok) throw new Error(seen.failure.say);
  return seen.value;
};
const startSay = async (cluster: Cluster): Promise<string> => {
  const ticket = await conformanceScanner.start(target, {}, portsTo(cluster));
  return ticket.ok ? 'started' : ticket.failure.say;
};
const clean = async ({ ticket, ports }: Started): Promise<readonly string[]> => {
  const removed = await conformanceScanner.cleanUp(ticket, ports);
  if (!removed.ok) throw new Error(removed.failure.say);
  return removed.value;
};
const deliver = async ({ ticket, cluster }: Started): Promise<void> => {
  cluster.setStatus(ended);
  cluster.logs.set('output', delivered(ticket.nonce, { 'e2e.log': await recordedLog(), 'junit_01.xml': await recordedJunit() }));
};

describe('a run from start to end', () => {
  it('starts one restricted pod whose account may do everything, shows how far it is, reads the files, and removes all', async () => {
    const cluster = suiteCluster();
    const started = await start(cluster, {
      conformance: { mode: 'custom', focus: 'ConfigMap', registry: 'mirror.example/k8s', pullSecrets: ['pull'] },
    });
    const pod = cluster.objects.get(suitePath) as unknown as ReturnType<typeof podManifest>;
    const [suite, output] = pod.spec.containers;
    expect(suite?.image).toBe('mirror.example/k8s/conformance:v1.36.3');
    expect(suite?.env).toEqual(
      expect.arrayContaining([
        { name: 'E2E_FOCUS', value: 'ConfigMap' },
        { name: 'KUBE_TEST_REPO', value: 'mirror.example/k8s' },
      ]),
    );
    expect(output?.env).toEqual([{ name: 'NONCE', value: started.ticket.nonce }]);
    expect(JSON.stringify(pod.spec)).toContain('"imagePullSecrets":[{"name":"pull"}]');
    expect(started.ticket.nonce).toMatch(/^[0-9a-f]{32}$/);

    expect(await look(started)).toBeUndefined();
    cluster.setStatus(running);
    const log = await recordedLog();
    cluster.logs.set('suite', log.slice(0, 2_500));
    expect(await look(started)).toBeUndefined();
    cluster.pass(1);
    cluster.logs.set('suite', log);
    expect(await look(started)).toBeUndefined();
    expect(said[0]).toBe('0/1 starting the suite');
    expect(said.at(-1)).toContain('24/24 21 passed, 3 failed, all done; failed: [sig-node] ConfigMap');

    await deliver(started);
    const facts = await look(started);
    expect(facts).toMatchObject({ passed: 21, failed: 3, skipped: 39, seconds: 154.631, mode: 'custom', setUp: [], leftovers: [] });
    expect(facts?.cut).toBeUndefined();
    expect(await clean(started)).toEqual([
      'Removed pod gatehouse-conformance/suite.',
      'Removed ClusterRoleBinding gatehouse-conformance.',
      'Removed namespace gatehouse-conformance.',
    ]);
    expect(cluster.left()).toEqual([]);
    expect(await clean(started)).toEqual([]);
  });

  it('reports what came into the cluster meanwhile and stays, and removes what its tests left', async () => {
    const cluster = suiteCluster();
    cluster.put('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/old.example', { metadata: {} });
    cluster.pass(1);
    const started = await start(cluster);
    cluster.pass(1);
    cluster.put('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/new.example', { metadata: {} });
    cluster.put('/api/v1/namespaces/e2e-1', {
      metadata: { labels: { 'e2e-framework': 'x', 'e2e-run': 'cac5fda9-0a1d-4744-b851-59c5664f2786' } },
    });
    cluster.put('/api/v1/namespaces/of-another-run', { metadata: { labels: { 'e2e-framework': 'x', 'e2e-run': 'other' } } });
    cluster.logs.set('suite', await recordedLog());
    await deliver(started);
    const facts = await look(started);
    expect(facts?.leftovers).toEqual([{ kind: 'CustomResourceDefinition', name: 'new.example' }]);
    expect(await clean(started)).toContain('Removed namespace e2e-1, which a test had left.');
    expect(cluster.left()).toEqual([
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/old.example',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/new.example',
      '/api/v1/namespaces/of-another-run',
    ]);
  });
});

describe('the start', () => {
  it('can be repeated after its process was killed, wherever: the run goes on as it was', async () => {
    for (const killedAfter of [1, 2, 3, 4]) {
      let made = 0;
      const isDead = () => made > killedAfter;
      const cluster = suiteCluster({
        refuse: (verb, path) => {
          if (verb === 'create' && !path.includes('authorization.k8s.io/v1/self')) made += 1;
          return isDead() && verb !== 'get' && verb !== 'list' ? failed('cancelled', 'killed').failure : undefined;
        },
      });
      await conformanceScanner.start(target, {}, portsTo(cluster));
      made = Number.NEGATIVE_INFINITY;
      const before = cluster.objects.get(suitePath)?.metadata.annotations?.['gatehouse.dev/nonce'];
      const { ticket } = await start(cluster);
      expect(cluster.left()).toHaveLength(4);
      expect(ticket.nonce).toBe(before ?? ticket.nonce);
      expect(cluster.objects.get(suitePath)?.metadata.annotations?.['gatehouse.dev/nonce']).toBe(ticket.nonce);
    }
  });

  it('removes what it made when it fails', async () => {
    const cluster = suiteCluster({
      refuse: (verb, path) =>
        verb === 'create' && path.endsWith('/pods') ? failed('permission-missing', 'no pods for you').failure : undefined,
    });
    expect(await startSay(cluster)).toBe('no pods for you');
    expect(cluster.left()).toEqual([]);
  });

  it('asks for its rights before anything is made', async () => {
    const cluster = suiteCluster({ mayBind: false });
    expect(await startSay(cluster)).toContain('gatehouse permissions --kind conformance');
    expect(cluster.left()).toEqual([]);
  });

  it('leaves another run alone, and removes one that has ended', async () => {
    const cluster = suiteCluster();
    const other = { metadata: { labels: { [scanLabel]: 'other' } } };
    for (const path of [home, binding]) cluster.put(path, other);
    cluster.put(suitePath, { ...other, status: { phase: 'Running' } });
    expect(await startSay(cluster)).toContain('Another conformance run (scan other) is under way');
    expect(cluster.left()).toHaveLength(3);
    cluster.setStatus({ phase: 'Failed' });
    const { ticket } = await start(cluster);
    expect(ticket.notes.join()).toContain('what an earlier run (scan other) had left was removed');
  });

  it('uses the namespace an administrator made, and leaves it there', async () => {
    const cluster = suiteCluster();
    cluster.put(home, { metadata: { labels: {} } });
    const started = await start(cluster);
    await clean(started);
    expect(cluster.left()).toEqual([home]);
  });

  it('says what may spoil the run, and refuses what makes it pointless', async () => {
    const nodes = [
      suiteNode('cp', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane' }] } }),
      suiteNode('w1', { labels: { 'kubernetes.io/e2e-left': 'x' } }),
      suiteNode('w2', { ready: 'False' }),
      suiteNode('w3', { spec: { unschedulable: true } }),
    ];
    const cluster = suiteCluster({ nodes });
    cluster.put('/api/v1/namespaces/sonobuoy', { metadata: {} });
    const { ticket } = await start(cluster);
    const text = ticket.notes.join('\n');
    for (const part of [
      'not ready, so tests may fail for them: w2',
      '(cordoned): w3',
      'Only 1 node takes',
      'earlier run of the suite: w1',
      'namespace sonobuoy',
    ])
      expect(text).toContain(part);
    expect(await startSay(suiteCluster({ nodes: nodes.slice(2) }))).toContain('No node of the cluster is ready');
  });
});

describe('a run that does not come to its end', () => {
  let started: Started;
  const cluster = () => started.cluster;
  beforeEach(async () => {
    started = await start(suiteCluster());
    cluster().setStatus(running);
    cluster().logs.set('suite', (await recordedLog()).slice(0, 7_000));
    await look(started);
    cluster().pass(1);
  });
  const expectCut = async (why: string, state = 'failed'): Promise<void> => {
    const facts = await look(started);
    expect(facts?.cut).toMatchObject({ state, why: expect.stringContaining(why) });
    expect(facts).toMatchObject({ selected: 24, files: {} });
    expect((facts?.passed ?? 0) + (facts?.failed ?? 0)).toBeGreaterThan(8);
    expect(facts?.tests.length).toBe(facts?.failed);
    await clean(started);
    expect(cluster().left()).toEqual([]);
  };

  it('because somebody removed the pod: what was seen of it is kept', async () => {
    cluster().objects.delete(suitePath);
    await expectCut('removed the pod');
  });
  it('because it was evicted', async () => {
    cluster().logs.delete('suite');
    cluster().setStatus({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' });
    await expectCut('Evicted: The node was low on resource: memory');
  });
  it('because its node is away for too long, and no sooner', async () => {
    const away = (since: string) => ({
      ...suiteNode('w1'),
      status: { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: since }] },
    });
    cluster().put('/api/v1/nodes/w1', { ...away(cluster().now()), metadata: { name: 'w1' } });
    cluster().logs.delete('suite');
    expect(await look(started)).toBeUndefined();
    cluster().pass(11);
    await expectCut('has been away for 10 minutes');
  });
  it('because its node is gone', async () => {
    cluster().objects.delete('/api/v1/nodes/w1');
    await expectCut('is gone');
  });
  it('because its time is over', async () => {
    cluster().pass(360);
    await expectCut('had not ended after 360 minutes', 'timed-out');
  });
  it('because the suite ran out of memory', async () => {
    cluster().setStatus(suiteStatus({ terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: cluster().now() } }));
    expect(await look(started)).toBeUndefined();
    cluster().pass(3);
    await expectCut('ran out of memory');
  });
  it('because its files cannot be read whole, after three tries', async () => {
    await deliver(started);
    const { nonce } = started.ticket;
    const whole = cluster().logs.get('output') as string;
    // forged by somebody who does not know the nonce, then cut
    cluster().logs.set('output', whole.replaceAll(nonce, 'a'.repeat(32)));
    expect(await look(started)).toBeUndefined();
    cluster().logs.set('output', whole.slice(0, -20));
    expect(await look(started)).toBeUndefined();
    await expectCut('junit_01.xml did not come out of the cluster whole');
  });
  it('and is read once its late lines are there', async () => {
    await deliver(started);
    const whole = cluster().logs.get('output') as string;
    cluster().logs.set('output', whole.slice(0, -20));
    expect(await look(started)).toBeUndefined();
    cluster().logs.set('output', whole);
    expect((await look(started))?.cut).toBeUndefined();
  });
});

describe('a cluster that is silent for a while', () => {
  it('is waited for, ten minutes and no longer', async () => {
    let isSilent = false;
    const cluster = suiteCluster({ refuse: () => (isSilent ? failed('cluster-unreachable', 'no answer').failure : undefined) });
    const started = await start(cluster);
    cluster.setStatus(running);
    cluster.logs.set('suite', await recordedLog());
    await look(started);
    isSilent = true;
    for (const minutes of [0, 4, 5]) {
      cluster.pass(minutes);
      expect(await look(started)).toBeUndefined();
    }
    isSilent = false;
    cluster.pass(1);
    expect(await look(started)).toBeUndefined();
    isSilent = true;
    expect(await look(started)).toBeUndefined();
    cluster.pass(11);
    expect((await look(started))?.cut?.why).toContain('has not answered for 10 minutes');
  });
});

describe('a pod that never runs', () => {
  const stuck = async (status: object, minutes = 0): Promise<string> => {
    const started = await start(suiteCluster());
    started.cluster.setStatus(status);
    started.cluster.pass(minutes);
    const seen = await conformanceScanner.poll(started.ticket, started.ports);
    await clean(started);
    expect(started.cluster.left()).toEqual([]);
    return seen.ok ? 'waits' : seen.failure.say;
  };
  const waiting = (reason: string) => ({ waiting: { reason, message: 'manifest unknown' } });

  it('says which image does not come, and which option names another', async () => {
    expect(await stuck(suiteStatus(waiting('ImagePullBackOff'), {}, { phase: 'Pending' }))).toContain('--conformance-image');
    expect(await stuck(suiteStatus({ running: {} }, waiting('ImagePullBackOff')))).toMatch(/busybox.*--output-image/);
    expect(await stuck(suiteStatus(waiting('ErrImagePull'), {}, { phase: 'Pending' }))).toBe('waits');
  });
  it('says that no node takes it, after five minutes', async () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', message: '0/2 nodes are available', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ];
    expect(await stuck({ phase: 'Pending', conditions })).toBe('waits');
    expect(await stuck({ phase: 'Pending', conditions }, 6)).toContain('0/2 nodes are available');
  });
});

describe('sweeping', () => {
  const sweep = async ({ cluster }: Started, all = false): Promise<number> => {
    const swept = await sweepConformance({ access: cluster.access, all, now: cluster.now, sleep: cluster.sleep });
    return swept.ok ? swept.value.length : -1;
  };
  it('removes a run that has ended, and with `all` one that still runs', async () => {
    const alive = await start(suiteCluster());
    alive.cluster.setStatus(running);
    alive.cluster.pass(60);
    expect(await sweep(alive)).toBe(0);
    expect(await sweep(alive, true)).toBe(3);
    const over = await start(suiteCluster());
    over.cluster.setStatus({ phase: 'Failed' });
    expect(await sweep(over)).toBe(0);
    over.cluster.pass(6);
    expect(await sweep(over)).toBe(3);
    expect(over.cluster.left()).toEqual([]);
  });
});
