import { describe, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { denied, type FakeCluster, fakeAccess } from '../../test/support/fake-access.ts';
import { advisoriesOf, anInventory, aPackage, indexed } from '../../test/support/vulnerabilities.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { FoundPackage, ImageInventory } from '../core/sbom/index.ts';
import type { ImageRequest } from '../ports/image-source.ts';
import { compare } from '../reports/compare.ts';
import type { Report } from '../reports/report.ts';
import type { Waiver } from '../reports/waiver.ts';
import { type KnownVulnerabilities, type SbomOptions, sbomScanner } from '../scanners/sbom/index.ts';
import { judgeSbomFacts } from './judge-sbom.ts';

const hex = (digit: string): string => `sha256:${digit.repeat(64)}`;
const cluster = { id: 'c-1', name: 'shop', kubernetesVersion: 'v1.36.3' };

const pod = (name: string, image: string, imageID = '', more: object = {}, spec: object = {}) => ({
  metadata: { name, namespace: 'shop', ...more },
  spec: { nodeName: 'n1', containers: [{ name: 'main', image }], ...spec },
  status: { phase: 'Running', containerStatuses: imageID === '' ? [] : [{ name: 'main', image, imageID }] },
});
const node = {
  metadata: { name: 'n1', labels: { 'node-role.kubernetes.io/control-plane': '' } },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    nodeInfo: {
      kubeletVersion: 'v1.36.3',
      osImage: 'Debian',
      operatingSystem: 'linux',
      containerRuntimeVersion: 'containerd',
      architecture: 'arm64',
    },
  },
};

const os = { id: 'debian', versionId: '12', name: 'Debian 12' };
const inventoryOf = (repository: string, packages: readonly FoundPackage[], troubles: readonly string[] = []): ImageInventory => {
  const made = anInventory(packages, os);
  return { ...made, image: { ...made.image, repository }, troubles: [...troubles] };
};
const django = (version: string) => aPackage({ type: 'pypi', name: 'Django', version });
const known = async (ecosystems: readonly string[]): Promise<KnownVulnerabilities> => ({
  advisories: await indexed([...advisoriesOf('PyPI'), ...advisoriesOf('distributions')], ecosystems),
  vex: [],
});

interface World {
  readonly pods: readonly unknown[];
  readonly images: Readonly<Record<string, ImageInventory | string>>;
  readonly ecosystems?: readonly string[];
  readonly vex?: KnownVulnerabilities['vex'];
  readonly options?: SbomOptions;
  readonly cluster?: FakeCluster;
  readonly asked?: ImageRequest[];
}

const observe = async ({ pods, images, ecosystems = ['PyPI', 'Debian'], vex = [], options = {}, cluster: more, asked = [] }: World) => {
  const access = fakeAccess({
    lists: { '/api/v1/pods': pods, '/api/v1/namespaces/shop/pods': pods, '/api/v1/nodes': [node], ...more?.lists },
    objects: more?.objects ?? {},
  });
  const tools = {
    nameOf: (reference: string) => {
      const [, repository = '', tag, digest] = /^([^@]*?)(?::([\w.-]+))?(?:@(sha256:\w+))?$/.exec(reference) ?? [];
      return repository.startsWith('!')
        ? failed('input-invalid', `"${reference}" is no image reference.`)
        : succeed({ repository, tag, digest });
    },
    inventory: async (request: ImageRequest): Promise<Result<ImageInventory>> => {
      asked.push(request);
      const found = images[request.reference];
      return typeof found === 'object' ? succeed(found) : failed('credential-refused', found ?? 'There is no such image.');
    },
    vulnerabilities: async () => succeed({ ...(await known(ecosystems)), vex }),
  };
  const ports = {
    access,
    images: tools,
    signal: new AbortController().signal,
    now: () => '2026-11-28T08:00:00.000Z',
    progress: () => undefined,
  } as unknown as Parameters<typeof sbomScanner.poll>[1];
  const ticket = await sbomScanner.start({ cluster, scanId: 's-1' }, options, ports);
  if (!ticket.ok) return ticket;
  const facts = await sbomScanner.poll(ticket.value, ports);
  return facts.ok && facts.value ? succeed({ facts: facts.value, access }) : (facts as Result<never>);
};

const reportOf = async (world: World, waivers: readonly Waiver[] = []): Promise<Report> =>
  judgeSbomFacts(must(await observe(world)).facts, {
    scanId: 's-1',
    trigger: 'test',
    toolVersion: '0',
    waivers,
    actor: 'me',
    startedAt: '2026-11-28T08:00:00.000Z',
    endedAt: '2026-11-28T08:01:00.000Z',
    statements: [],
  });
const told = ({ findings }: Report) =>
  findings.map(({ outcome, check, subject }) => [outcome, check, subject.name, subject.package ?? ''].join(' ').trim());

const front = 'registry.example/shop/front';
const running = [pod('front-1', `${front}:1`, `${front}@${hex('a')}`)];
const old: World = { pods: running, images: { [`${front}@${hex('a')}`]: inventoryOf(front, [django('3.1.11')]) } };
const mended: World = { pods: running, images: { [`${front}@${hex('a')}`]: inventoryOf(front, [django('3.1.12')]) } };

describe('what runs', () => {
  it('is asked for once for each digest, with every container that runs it, and for the processor of its node', async () => {
    const asked: ImageRequest[] = [];
    const owner = { ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }] };
    const pods = [
      pod('front-1', `${front}:1`, `docker-pullable://${front}@${hex('a')}`, owner),
      pod('front-2', `${front}:latest`, `${front}@${hex('a')}`, {}, { initContainers: [{ name: 'setup', image: `${front}@${hex('a')}` }] }),
      pod('other', 'other:2', ''),
      { ...pod('done', 'done:1'), status: { phase: 'Succeeded' } },
    ];
    const { facts } = must(await observe({ pods, images: {}, asked }));
    expect(asked.map(({ reference, platform }) => [reference, platform.architecture])).toEqual([
      ['other:2', 'arm64'],
      [`${front}@${hex('a')}`, 'arm64'],
    ]);
    expect(facts.images[1]).toMatchObject({
      names: [`${front}:1`, `${front}:latest`, `${front}@${hex('a')}`],
      contexts: [
        { pod: 'front-1', workload: 'DaemonSet agent', container: 'main', kind: 'container' },
        { pod: 'front-2', container: 'main' },
        { pod: 'front-2', container: 'setup', kind: 'init' },
      ],
    });
  });

  it('is looked for where the scope says', async () => {
    const scoped = async (options: SbomOptions) => must(await observe({ ...old, options })).access.asked[1];
    expect(await scoped({ scope: 'namespace', namespace: 'shop' })).toBe('list /api/v1/namespaces/shop/pods');
    expect(await scoped({ scope: 'label-selector', namespace: 'shop', labelSelector: 'app=front' })).toContain('labelSelector=app=front');
    expect(await scoped({ scope: 'pod', namespace: 'shop', pod: 'front-1' })).toContain('fieldSelector=metadata.name=front-1');
  });

  it.each<[SbomOptions, string]>([
    [{ scope: 'namespace' }, 'needs a namespace'],
    [{ scope: 'label-selector', namespace: 'shop' }, 'needs a label selector'],
    [{ scope: 'pod', namespace: 'shop' }, 'needs a pod'],
    [{ namespace: 'shop' }, 'takes no namespace'],
    [{ scope: 'pod', namespace: '../x', pod: 'a' }, 'is no namespace'],
  ])('%j is refused', async (options, say) =>
    expect(await observe({ ...old, options })).toMatchObject({
      ok: false,
      failure: { code: 'input-invalid', say: expect.stringContaining(say) },
    }),
  );

  it('that is nothing, or that nobody may see, is a failure', async () => {
    expect(await observe({ pods: [], images: {} })).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    const hidden = { lists: { '/api/v1/pods': denied('list pods') } } as unknown as FakeCluster;
    expect(await observe({ ...old, cluster: hidden })).toMatchObject({ ok: false, failure: { code: 'permission-missing' } });
  });

  it('is pulled with the Secrets of pods and ServiceAccounts, if asked to, and they are in no fact', async () => {
    const secret = Buffer.from('{"auths":{}}').toString('base64');
    const objects = {
      '/api/v1/namespaces/shop/secrets/own': { data: { '.dockerconfigjson': secret } },
      '/api/v1/namespaces/shop/serviceaccounts/default': { imagePullSecrets: [{ name: 'shared' }] },
      '/api/v1/namespaces/shop/secrets/shared': denied('get secrets'),
    };
    const pods = [pod('front-1', `${front}:1`, `${front}@${hex('a')}`, {}, { imagePullSecrets: [{ name: 'own' }] })];
    const asked: ImageRequest[] = [];
    const { facts } = must(await observe({ ...old, pods, asked, options: { pullSecrets: true }, cluster: { objects } }));
    expect(asked[0]?.credentials).toEqual(['{"auths":{}}']);
    expect(facts.notes).toEqual([expect.stringContaining('get secrets in shop')]);
    expect(JSON.stringify(facts)).not.toContain('auths');
    expect(must(await observe({ ...old, pods, cluster: { objects } })).access.asked.join()).not.toContain('secrets');
  });

  it('was put there by hand and is something else than the registry has: nobody knows what it is', async () => {
    const pods = [pod('front-1', `${front}:1`, hex('d'))];
    const report = await reportOf({ pods, images: { [`${front}:1`]: inventoryOf(front, [django('3.1.11')]) } });
    expect(told(report)).toEqual([`unknown image/readable ${front}`]);
  });
});

describe('findings', () => {
  it('are one for each repository, package and vulnerability', async () => {
    const report = await reportOf(old);
    expect(told(report)).toEqual([`fail CVE-2021-33203 ${front} PyPI/Django`]);
    expect(report.findings[0]).toMatchObject({
      vulnerability: { package: 'Django', installed: ['3.1.11'], fixed: ['3.1.12'], unscored: expect.any(Boolean) },
      repair: expect.stringContaining('3.1.12'),
      controls: [{ framework: 'gatehouse-sbom', id: front }],
    });
    expect(report.controls).toMatchObject([{ id: front, outcome: 'fail', findings: 1 }]);
    expect(report.sbom).toMatchObject({
      scope: 'cluster',
      fixable: 1,
      images: [{ repository: front, platform: 'linux/arm64', packages: 1 }],
    });
  });

  it('are the same for another digest: the fingerprint holds repository and package', async () => {
    const moved = {
      pods: [pod('x', `${front}:2`, `${front}@${hex('b')}`)],
      images: { [`${front}@${hex('b')}`]: inventoryOf(front, [django('3.1.10')]) },
    };
    const [before, after] = [await reportOf(old), await reportOf(moved)];
    expect(after.findings[0]?.fingerprint).toBe(before.findings[0]?.fingerprint);
    expect(must(compare(before, after)).persisting).toHaveLength(1);
  });

  it('say pass only where everything was compared', async () => {
    expect(told(await reportOf(mended))).toEqual([`pass image/no-known-vulnerability ${front}`]);
    expect(told(await reportOf({ ...mended, ecosystems: ['Debian'] }))).toEqual([`unknown image/advisories-known ${front} PyPI/*`]);
    const broken = { ...mended, images: { [`${front}@${hex('a')}`]: inventoryOf(front, [django('3.1.12')], ['a layer is a bomb']) } };
    expect(told(await reportOf(broken))).toEqual([`unknown image/readable ${front}`]);
    const empty = { ...mended, images: { [`${front}@${hex('a')}`]: inventoryOf(front, []) } };
    expect(told(await reportOf(empty))).toEqual([`unknown image/readable ${front}`]);
    const closed = await reportOf({ ...mended, images: { [`${front}@${hex('a')}`]: 'The registry wants a credential.' } });
    expect(closed.findings).toMatchObject([{ outcome: 'unknown', message: 'The registry wants a credential.' }]);
    expect(closed.coverage).toMatchObject({ total: 1, decided: 0, unknown: 1 });
  });

  it('that VEX answers are shown, and do not apply', async () => {
    const vex = [
      {
        vulnerability: ['CVE-2021-33203'],
        products: [{ names: ['pkg:pypi/django'], digests: [], parts: [] }],
        status: 'not_affected',
        document: 'd',
      },
    ] as const;
    expect(told(await reportOf({ ...old, vex }))).toEqual([
      `pass image/no-known-vulnerability ${front}`,
      `not-applicable CVE-2021-33203 ${front} PyPI/Django`,
    ]);
  });

  it('name on page one how old advisories are', async () =>
    expect((await reportOf(old)).coverage.statements).toEqual([
      expect.stringContaining('1 image runs in 1 container of the scope cluster; every one of them was read'),
      expect.stringMatching(/compared with these advisories: PyPI of \d{4}-/),
      expect.stringContaining('older than 5 days'),
      expect.stringContaining('A fixed version exists for 1'),
      expect.stringContaining('Nobody rated 1 of the failures'),
    ]));
});

describe('waivers', () => {
  const waiver = (change: Partial<Waiver> = {}): Waiver => ({
    id: 'W-1',
    match: { check: 'CVE-2021-*', subject: `Image ${front} PyPI/*` },
    reason: 'r',
    owner: 'o',
    approver: 'a',
    expires: '2027-01-01',
    ...change,
  });

  it('hold until their date, or until there is a fix', async () => {
    const plain = await reportOf(old, [waiver()]);
    expect([plain.counts, plain.waivers[0]?.state]).toMatchObject([{ fail: 0, waived: 1 }, 'used']);
    const fixable = await reportOf(old, [waiver({ untilFixable: true })]);
    expect([fixable.counts, fixable.waivers[0]]).toMatchObject([
      { fail: 1, waived: 0 },
      { state: 'expired', findings: 1 },
    ]);
    const py = {
      ...old,
      images: { [`${front}@${hex('a')}`]: inventoryOf(front, [aPackage({ type: 'pypi', name: 'py', version: '1.11.0' })]) },
    };
    const unfixed = await reportOf(py, [waiver({ match: { check: 'CVE-2022-42969' }, untilFixable: true })]);
    expect([unfixed.counts, unfixed.waivers[0]]).toMatchObject([
      { fail: 0, waived: 1 },
      { state: 'used', findings: 1 },
    ]);
  });
});

describe('comparison', () => {
  const changes = async (before: World, after: World) => {
    const compared = must(compare(await reportOf(before), await reportOf(after)));
    return (['new', 'resolved', 'persisting', 'notComparable'] as const).flatMap((kind) =>
      compared[kind].map(({ check, reason }) => `${kind} ${check}: ${reason}`),
    );
  };
  const gone = { pods: [pod('x', 'other:1')], images: { 'other:1': inventoryOf('other', [django('3.1.12')]) } };

  it('knows what is new, mended and gone', async () => {
    expect(await changes(mended, old)).toEqual(['new CVE-2021-33203: The base scan looked and did not report the subject.']);
    expect(await changes(old, mended)).toEqual(['resolved CVE-2021-33203: The head scan looked and does not report the subject any more.']);
    expect(await changes(old, gone)).toEqual(['resolved CVE-2021-33203: The subject is gone: the head scan looked and did not find it.']);
  });

  it('proves nothing by what was not looked at', async () => {
    const closed = { ...old, images: { [`${front}@${hex('a')}`]: 'The registry is closed.' } };
    expect(await changes(old, closed)).toEqual([
      expect.stringContaining('notComparable CVE-2021-33203: In the head scan the outcome is unknown'),
    ]);
    expect(await changes(old, { ...old, ecosystems: ['Debian'] })).toEqual([expect.stringContaining('notComparable')]);
    const narrow = { ...gone, options: { scope: 'namespace', namespace: 'shop' } } as const;
    expect(await changes(old, narrow)).toEqual([expect.stringContaining('looked at other pods (namespace shop)')]);
  });
});
