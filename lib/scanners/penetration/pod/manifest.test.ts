import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { doorOf, saying, tcpTarget } from '../../../../test/support/probe-targets.ts';
import { podProgram } from '../../../adapters/probing/pod-program.ts';
import { selectorOf } from '../../pods/home.ts';
import { packDoors } from '../targets/index.ts';
import { probeHome } from './home.ts';
import { readLetter } from './letter.ts';
import { configMapManifest, mostConfigMapBytes, podManifest } from './manifest.ts';
import type { Plan } from './plan.ts';

const named = { name: 'probe-1', scanId: 'scan 1' };
const pod = podManifest({ ...named, image: 'registry.example/node:24' });
const [container] = pod.spec.containers;
const program = await podProgram();

describe('the pod', () => {
  it('keeps to the restricted level of Pod Security, which its namespace enforces', () => {
    const { spec } = pod;
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
    expect(container?.securityContext).toEqual({
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const host of ['hostNetwork', 'hostPID', 'hostIPC', 'nodeName', 'tolerations', 'initContainers'])
      expect(spec).not.toHaveProperty(host);
    expect(spec.volumes).toEqual([{ name: 'probe', configMap: { name: 'probe-1' } }]);
    expect(probeHome.namespace.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('holds no credential, ends by itself, and is tried once', () => {
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      activeDeadlineSeconds: 600,
      terminationGracePeriodSeconds: 0,
    });
    expect(container?.volumeMounts.every((mount) => mount.readOnly)).toBe(true);
  });

  it.each([
    ['pod', pod],
    ['ConfigMap', configMapManifest(named, Buffer.from('a'), Buffer.from('b'))],
  ])('%s: is found again by its labels', (_, { metadata }) => {
    for (const pair of selectorOf(probeHome).split(',')) {
      const [label = '', value] = pair.split('=');
      expect(metadata.labels).toHaveProperty([label], value);
    }
    expect(metadata.labels).toHaveProperty(['gatehouse.dev/scan-id'], 'scan-1');
  });
});

describe('the ConfigMap', () => {
  it('holds program and plan as they were, unchangeable', () => {
    const { binaryData, immutable } = configMapManifest(named, Buffer.from([0, 255]), Buffer.from('plan'));
    expect(immutable).toBe(true);
    expect(Buffer.from(binaryData['program.gz'], 'base64')).toEqual(Buffer.from([0, 255]));
    expect(Buffer.from(binaryData['plan.gz'], 'base64').toString()).toBe('plan');
  });

  it('has room for the program and the doors of a large cluster', () => {
    expect((gzipSync(program).length * 4) / 3).toBeLessThan(mostConfigMapBytes / 2);
  });
});

it('program, plan and command together look and tell: the same as in a pod, in a folder of this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-pod-'));
  const target = await tcpTarget(saying('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'));
  const closed = await tcpTarget();
  await closed.close();
  try {
    const doors = [doorOf(target, { place: 'service' }), doorOf({ address: '127.0.0.1', port: closed.port })];
    const plan: Plan = {
      scanId: 's',
      version: '1',
      nonce: 'probe-1',
      now: '2026-01-01T00:00:00Z',
      lookMs: 60_000,
      doors: packDoors(doors),
    };
    const here = (text: string): string => text.replaceAll('/probe/', `${folder}/`);
    await writeFile(join(folder, 'program.gz'), gzipSync(here(program)));
    await writeFile(join(folder, 'plan.gz'), gzipSync(JSON.stringify(plan)));
    const [, ...flags] = (container?.command ?? []).map(here);
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: folder, env: {} });
    const sight = readLetter(stdout, 'probe-1', 'internal', doors);
    expect(sight).toMatchObject({ ok: true, value: { doors: [{ state: 'open' }, { state: 'closed' }] } });
    // a probe that is for pods only was put to the door, so the vantage went along
    expect(sight).toMatchObject({
      value: { notes: expect.arrayContaining([expect.objectContaining({ probe: 'exposure/pod/egress-to-services' })]) },
    });
    expect(target.received()).toContain('user-agent: gatehouse/1 (scan s; probe greeting)');
  } finally {
    await target.close();
    await rm(folder, { recursive: true, force: true });
  }
});
