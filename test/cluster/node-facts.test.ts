import { afterAll, describe, expect, it } from 'vitest';
import { bed, gatehouse, kubeconfigOf, kubectl, onNode, outcomesOf, scan, temporaryFolder, until } from './bed.ts';

const ourPods = () => kubectl('plain', 'get', 'pods', '-A', '-l', 'app.kubernetes.io/component=node-facts', '-o', 'name');
const ourNamespace = () => kubectl('plain', 'get', 'namespace', 'gatehouse-node-facts', '--ignore-not-found', '-o', 'name');
const isClean = async () => (await ourPods()).trim() === '' && (await ourNamespace()).trim() === '';
afterAll(async () => {
  await gatehouse(['clean-up', '--kubeconfig', await kubeconfigOf('plain')]);
});

describe('node facts', () => {
  it('decide at least 105 controls of a stock cluster, and leave nothing behind', async () => {
    const report = await scan('plain', 'with node facts', '--node-facts');
    expect(report.coverage.decided).toBeGreaterThanOrEqual(105);
    await until('the end of the namespace', isClean, 60);
  });

  it('agree with what the node itself says of its files', async () => {
    const report = await scan('plain', 'with node facts', '--node-facts');
    const files = report.findings
      .filter(({ check }) => check.startsWith('files/'))
      .flatMap(({ evidence }) => evidence.filter(({ looked, nodes }) => looked.startsWith('/') && nodes?.length === 1));
    expect(files.length).toBeGreaterThan(10);
    for (const { looked, found, nodes } of files) {
      const [mode, owner] = (await onNode('plain', nodes?.[0] as string, `stat -L -c '%a %U:%G' ${looked}`)).trim().split(' ');
      expect(`${looked} ${found}`).toMatch(new RegExp(`${mode}|${owner}`));
    }
  });

  it('notice a file that is opened to everybody, and the node that deviates', async () => {
    const file = '/var/lib/kubelet/config.yaml';
    const before = (await onNode('plain', 'worker1', `stat -c %a ${file}`)).trim();
    await onNode('plain', 'worker1', `chmod 666 ${file}`);
    const report = await scan('plain', 'kubelet configuration of worker1 open to everybody', '--node-facts');
    await onNode('plain', 'worker1', `chmod 600 ${file}`);
    const repaired = await scan('plain', 'kubelet configuration of worker1 closed', '--node-facts');
    await onNode('plain', 'worker1', `chmod ${before} ${file}`);
    const ofWorkers = ({ findings }: typeof report) =>
      findings.find(({ check, subject }) => check === 'files/kubelet-config-mode' && subject.role === 'worker');
    expect(ofWorkers(report)).toMatchObject({ outcome: 'fail', subject: { nodes: ['worker1'] } });
    expect(ofWorkers(repaired)).toMatchObject({ outcome: 'pass' });
  });

  // pods of an image that cannot be pulled wait, so the signal comes while they are there
  const interrupted = async (signal: NodeJS.Signals) =>
    gatehouse(
      [
        'scan',
        '--kubeconfig',
        await kubeconfigOf('plain'),
        '--out',
        await temporaryFolder(),
        '--node-facts',
        '--node-facts-image',
        'docker.io/library/nonexistent:1',
      ],
      {
        signalAfter: { text: '[6/', ms: 3000, signal },
      },
    );

  it('are removed on Ctrl-C', async () => {
    const ended = await interrupted('SIGINT');
    expect(ended.exit).toBe(130);
    await until('the end of the pods', isClean, 60);
  });

  it('that a killed scan left are swept by clean-up, but not while they may belong to a scan that runs', async () => {
    await interrupted('SIGKILL');
    expect((await ourPods()).trim()).not.toBe('');
    const careful = await gatehouse(['clean-up', '--kubeconfig', await kubeconfigOf('plain')]);
    expect(careful.exit).toBe(0);
    expect((await ourPods()).trim()).not.toBe('');
    const all = await gatehouse(['clean-up', '--all', '--kubeconfig', await kubeconfigOf('plain')]);
    expect(all.exit).toBe(0);
    expect(all.stdout).toContain('Removed pod gatehouse-node-facts/');
    await until('the end of the leftovers', isClean, 60);
  });

  it('from an image that cannot be pulled are unknown, and the sentence says what to do', async () => {
    const report = await scan(
      'plain',
      'node-facts image that cannot be pulled',
      '--node-facts',
      '--node-facts-image',
      'docker.io/library/nonexistent:1',
    );
    const finding = report.findings.find(({ check }) => check === 'files/api-server-manifest-mode');
    expect(finding?.outcome).toBe('unknown');
    expect(finding?.message).toContain('--node-facts-image');
    expect(outcomesOf(report)['1.1.1']).toBe('unknown');
    await until('the end of the pods', isClean, 60);
  });
});

it('leave the cluster as it was', async () => {
  expect(await isClean()).toBe(true);
  expect(await bed('list')).toContain('plain cp1');
});
