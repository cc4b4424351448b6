import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseLog } from './parse.ts';
import { lookScript } from './script.ts';

const made: string[] = [];
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-look-'));
  made.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const uid = process.getuid?.() ?? 0;
const gid = process.getgid?.() ?? 0;

/** A file system of a node, in a folder. */
const host = () => {
  const root = temporary();
  const put = (path: string, text: string, mode = 0o600): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  put('/etc/passwd', `first:x:${uid}:${gid}::/:/bin/sh\nsecond:x:${uid}:${gid}::/:/bin/sh\nother:x:4711:4711::/:/bin/sh\n`, 0o644);
  put('/etc/group', `crew:x:${gid}:\n`, 0o644);
  const link = (path: string, target: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  };
  return { root, put, link };
};

interface Process {
  readonly comm: string;
  readonly argv: readonly string[];
  readonly cgroup?: string;
}
const staticPod = '/kubepods/burstable/pod4ffb9835afa7a3b38e9093d28da16b7e/dc11a87f';
const ordinaryPod = '/kubepods.slice/kubepods-pod12ab34cd_7a0e_4784_90d0_c7f2063d5369.slice/cri-containerd-96aa.scope';

const processes = (list: readonly Process[], outer = '/'): string => {
  const proc = temporary();
  const put = (pid: number, { comm, argv, cgroup = '/' }: Process): void => {
    mkdirSync(join(proc, String(pid)));
    writeFileSync(join(proc, String(pid), 'comm'), `${comm}\n`);
    writeFileSync(join(proc, String(pid), 'cmdline'), argv.map((one) => `${one}\0`).join(''));
    writeFileSync(join(proc, String(pid), 'cgroup'), `9:cpu:${cgroup}\n0::${cgroup}\n`);
  };
  put(1, { comm: 'init', argv: ['/sbin/init'], cgroup: outer });
  for (const [at, one] of list.entries()) put(100 + at, one);
  return proc;
};

const run = async (root: string, proc: string, args: readonly string[], path?: string): Promise<string> => {
  const env = { ...process.env, ...(path === undefined ? {} : { PATH: `${path}:${process.env.PATH ?? ''}` }) };
  const { stdout, stderr } = await promisify(execFile)(
    'sh',
    ['-c', lookScript(), 'look.sh', `root=${root}`, `proc=${proc}`, 'nonce=n1', ...args],
    { env },
  );
  expect(stderr).toBe('');
  return stdout;
};
const look = async (root: string, proc: string, args: readonly string[], path?: string) => {
  const parsed = parseLog(await run(root, proc, args, path), 'n1');
  if (!parsed.ok) throw new Error(parsed.failure.say);
  return parsed.value;
};
const apiServer = (...flags: readonly string[]): Process => ({
  comm: 'kube-apiserver',
  argv: ['kube-apiserver', ...flags],
  cgroup: staticPod,
});

describe('look.sh on files', () => {
  it('tells mode, numbers and the names that the node itself gives them', async () => {
    const { root, put } = host();
    put('/etc/kubernetes/admin.conf', 'x', 0o640);
    const { files, looked } = await look(root, processes([]), [
      'file=/etc/kubernetes/admin.conf',
      'file=/etc/kubernetes/none.conf',
      'file=/nowhere/at/all',
    ]);
    expect(files['/etc/kubernetes/admin.conf']).toEqual({
      path: '/etc/kubernetes/admin.conf',
      kind: 'file',
      mode: 0o640,
      uid,
      gid,
      user: 'first',
      group: 'crew',
    });
    expect(Object.keys(files)).toEqual(['/etc/kubernetes/admin.conf']);
    expect(looked).toEqual(['/etc/kubernetes/admin.conf', '/etc/kubernetes/none.conf', '/nowhere/at/all']);
  });

  it('gives the number where the node has no name for it', async () => {
    const { root, put } = host();
    put('/etc/passwd', '+::::::\n\nbroken line\n');
    put('/f', 'x');
    expect((await look(root, processes([]), ['file=/f'])).files['/f']).toMatchObject({ user: String(uid) });
  });

  it('follows links as the node would, and never out of it', async () => {
    const { root, put, link } = host();
    put('/data/real.conf', 'x', 0o604);
    link('/etc/absolute.conf', '/data/real.conf');
    link('/etc/relative.conf', '../data/./real.conf');
    link('/etc/out.conf', '../../../../../../../data/real.conf');
    link('/etc/chain.conf', 'absolute.conf');
    link('/etc/folder', '/data');
    link('/etc/dangling', '/etc/passwd-that-only-the-scanner-has');
    link('/etc/loop', 'loop');
    const asked = ['absolute.conf', 'relative.conf', 'out.conf', 'chain.conf', 'folder/real.conf', 'dangling', 'loop'];
    const { files } = await look(
      root,
      processes([]),
      asked.map((name) => `file=/etc/${name}`),
    );
    for (const name of asked.slice(0, 5)) expect(files[`/etc/${name}`]).toMatchObject({ target: '/data/real.conf', mode: 0o604 });
    expect(Object.keys(files)).toHaveLength(5);
  });

  it('walks folders with hidden files and links to folders, down to a depth', async () => {
    const { root, put, link } = host();
    for (const path of ['ca.crt', '.hidden', 'etcd/ca.key', 'a/b/c/d/deep']) put(`/etc/pki/${path}`, 'x');
    put('/srv/more/server.key', 'x', 0o644);
    link('/etc/pki/more', '/srv/more');
    link('/etc/pki/self', '.');
    const { files } = await look(root, processes([]), ['folder=/etc/pki']);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['/etc/pki', '/etc/pki/ca.crt', '/etc/pki/.hidden', '/etc/pki/etcd/ca.key']));
    expect(files['/etc/pki/more/server.key']).toMatchObject({ target: '/srv/more/server.key', mode: 0o644 });
    expect(files['/etc/pki/etcd']).toMatchObject({ kind: 'folder' });
    expect(Object.keys(files).filter((path) => path.includes('deep'))).toEqual([]);
  });

  it('takes names with blanks, line ends, tabs, quotes, dollars and forged records for what they are', async () => {
    const { root, put } = host();
    const names = [
      'a b',
      'new\nline',
      'tab\there',
      '$(touch x)',
      '`id`',
      "it's",
      '"',
      '*',
      '-rf',
      'end\tn1\t0',
      'end\tn1\t3\n',
      'ä',
      '\u202eevil',
      'x\u001b[31m',
      '\\',
    ];
    for (const name of names) put(`/odd/${name}`, 'x', 0o644);
    const { files } = await look(root, processes([]), ['folder=/odd']);
    const found = Object.keys(files).filter((path) => path !== '/odd');
    expect(found).toHaveLength(names.length);
    expect(found).toEqual(
      expect.arrayContaining([
        '/odd/a b',
        '/odd/new\\x0aline',
        '/odd/tab\\x09here',
        '/odd/$(touch x)',
        '/odd/ä',
        '/odd/\\u{202e}evil',
        '/odd/x\\x1b[31m',
        '/odd/\\\\',
      ]),
    );
    for (const path of found) expect(files[path]).toMatchObject({ mode: 0o644, kind: 'file' });
  });

  it('stops at a number of entries and says so', async () => {
    const { root, put } = host();
    for (let at = 0; at < 310; at += 1) put(`/many/${at}`, '');
    const { files, unreadable } = await look(root, processes([]), ['folder=/many']);
    expect(Object.keys(files)).toHaveLength(301);
    expect(unreadable['/many']).toContain('more than the 300 entries');
  });

  it('tells what the node refuses to show from what is not there', async () => {
    const { root, put } = host();
    put('/secret/inner/file', 'x');
    // what SELinux does to root: a refusal by the node, whoever asks
    const tools = temporary();
    writeFileSync(
      join(tools, 'ls'),
      `#!/bin/sh\nfor last; do :; done\ncase $last in *none*) echo "ls: $last: Permission denied" >&2; exit 1 ;; */inner) exit 2 ;; esac\nexec /bin/ls "$@"\n`,
    );
    chmodSync(join(tools, 'ls'), 0o755);
    const { unreadable, files } = await look(
      root,
      processes([]),
      ['file=/secret/none', 'file=/secret/gone', 'folder=/secret/inner'],
      tools,
    );
    expect(Object.keys(unreadable)).toEqual(['/secret/none', '/secret/inner']);
    expect(files['/secret/gone']).toBeUndefined();
  });
});

describe('look.sh on processes', () => {
  it('keeps paths, numbers and truth values of command lines and nothing that could be secret', async () => {
    const { root } = host();
    const argv = [
      '/usr/local/bin/k3s server',
      '--token=K10abcdef::server:geheim',
      '--agent-token',
      '/Zm9vYmFy+geheim',
      '--datastore-endpoint=postgres://user:geheim@db/k3s',
      '--data-dir=/var/lib/k3s',
      '--profiling=false',
      '--max-pods',
      '110',
      '--v=2',
      '--etcd-password=12345',
      '--https-listen-port=6443',
      'geheim',
    ];
    const seen = await look(root, processes([{ comm: 'k3s-server', argv }]), []);
    expect(seen.argv.k3s).toEqual([
      '--token=(removed)',
      '--agent-token',
      '(removed)',
      '--datastore-endpoint=(removed)',
      '--data-dir=/var/lib/k3s',
      '--profiling=false',
      '--max-pods',
      '110',
      '--v=2',
      '--etcd-password=(removed)',
      '--https-listen-port=6443',
      '(removed)',
    ]);
    expect(JSON.stringify(seen)).not.toContain('geheim');
    expect(seen.layout).toBe('k3s');
  });

  it('believes processes of the node and of static pods, and of other pods kube-proxy only', async () => {
    const { root } = host();
    const { runsIn, argv } = await look(
      root,
      processes([
        { comm: 'kubelet', argv: ['/usr/bin/kubelet', '--hostname-override=worker-7'] },
        apiServer(),
        { comm: 'etcd', argv: ['etcd', '--data-dir=/tmp/forged'], cgroup: ordinaryPod },
        { comm: 'kube-proxy', argv: ['kube-proxy'], cgroup: ordinaryPod },
        { comm: 'bash', argv: ['bash'] },
      ]),
      [],
    );
    expect(runsIn).toEqual({ kubelet: 'host', 'kube-apiserver': 'static-pod', 'kube-proxy': 'pod' });
    expect(argv.kubelet).toEqual(['--hostname-override=worker-7']);
  });

  it('is not misled by a node that is itself a container in a pod', async () => {
    const { root } = host();
    const list = [
      { comm: 'kubelet', argv: ['kubelet'], cgroup: `${ordinaryPod}/kubelet` },
      { ...apiServer(), cgroup: `${ordinaryPod}${staticPod}` },
    ];
    expect((await look(root, processes(list, ordinaryPod), [])).runsIn).toEqual({ kubelet: 'host', 'kube-apiserver': 'static-pod' });
  });

  it('looks at what the kubelet names, by flags and in its configuration, YAML or JSON', async () => {
    const { root, put } = host();
    put(
      '/cfg/kubelet.yaml',
      'authentication:\n  x509:\n    # clientCAFile: /old/ca.crt\n    clientCAFile: "/srv/ca.crt"\nstaticPodPath: /srv/pods\n',
    );
    put('/cfg/conf.d/20.conf', '{"kind":"KubeletConfiguration","staticPodPath":"/srv/pods2","authentication":{"x509":{}}}');
    put('/srv/ca.crt', 'x', 0o644);
    put('/srv/pods2/etcd.yaml', 'x', 0o640);
    const kubelet = { comm: 'kubelet', argv: ['kubelet', '--config', '/cfg/kubelet.yaml', '--config-dir=/cfg/conf.d'] };
    const { files, kubeletSettings } = await look(root, processes([kubelet]), []);
    expect(kubeletSettings).toEqual({ clientCAFile: '/srv/ca.crt', staticPodPath: '/srv/pods2' });
    expect(files['/srv/ca.crt']).toMatchObject({ mode: 0o644 });
    expect(files['/srv/pods2/etcd.yaml']).toMatchObject({ mode: 0o640 });
    expect(files['/cfg/conf.d/20.conf']).toBeDefined();
  });

  it('tells the distribution by what runs and by the operating system', async () => {
    const { root, put, link } = host();
    link('/etc/os-release', '../usr/lib/os-release');
    put('/usr/lib/os-release', 'NAME="Talos"\nVERSION_ID=1\nID="talos"\n');
    expect((await look(root, processes([]), [])).layout).toBe('talos');
    put('/usr/lib/os-release', 'ID=sles\n');
    const kubelet = { comm: 'kubelet', argv: ['kubelet', '--kubeconfig=/var/lib/rancher/rke2/agent/kubelet.kubeconfig'] };
    expect((await look(root, processes([kubelet]), [])).layout).toBe('rke2');
    expect(
      (await look(root, processes([{ comm: 'kubelet', argv: ['kubelet', '--kubeconfig=/etc/kubernetes/kubelet.conf'] }]), [])).layout,
    ).toBe('kubeadm');
  });
});

describe('look.sh on documents', () => {
  const key = 'c2VjcmV0IGlzIHNlY3VyZSwgaXMgaXQgbm90PwAAAAA=';
  const block = `# old key: ${key}\napiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n  - resources:\n      - secrets\n      - "*.apps" # ${key}\n    providers:\n      - aescbc:\n          keys:\n            - name: key1\n              secret: ${key}\n      - kms:\n          apiVersion: v2\n          name: vault\n          endpoint: unix:///run/${key}.sock\n      - identity: {}\n`;
  const notations: Readonly<Record<string, string>> = {
    block,
    flow: `{apiVersion: apiserver.config.k8s.io/v1, kind: EncryptionConfiguration, resources: [{resources: [secrets], providers: [{aescbc: {keys: [{name: key1, secret: ${key}}]}}, {identity: {}}]}]}\n`,
    json: JSON.stringify({
      kind: 'EncryptionConfiguration',
      apiVersion: 'apiserver.config.k8s.io/v1',
      resources: [{ resources: ['secrets'], providers: [{ aescbc: { keys: [{ name: 'key1', secret: key }] } }, { identity: {} }] }],
    }),
    folded: block.replace(`secret: ${key}`, `secret: >-\n                ${key.slice(0, 20)}\n                ${key.slice(20)}`),
    'next line': block.replace(`secret: ${key}`, `secret:\n                "${key}"`),
    'single quotes': block.replace(`secret: ${key}`, `'secret' : '${key}'`),
    anchor: block.replace(`secret: ${key}`, `secret: &k ${key}`),
    'name written with an escape': block.replace(`secret: ${key}`, `"secr\\u0065t": ${key}`),
    'carriage returns': block.replaceAll('\n', '\r\n'),
  };

  it.each(Object.entries(notations))('lets no part of a key out, written as %s', async (_name, text) => {
    const { root, put } = host();
    put('/etc/enc.yaml', text);
    const log = await run(root, processes([apiServer('--encryption-provider-config=/etc/enc.yaml')]), []);
    const plain = log.replace(/~([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString());
    for (let at = 0; at + 6 <= key.length - 6; at += 1) expect(plain).not.toContain(key.slice(at, at + 6));
    const parsed = parseLog(log, 'n1');
    const document = parsed.ok ? parsed.value.documents['/etc/enc.yaml'] : undefined;
    // what is left is still the configuration: its kind, what it covers, and its providers in their order
    const { kind, resources } = parse(document ?? '') as { kind: string; resources: { resources: string[]; providers: object[] }[] };
    expect(kind).toBe('EncryptionConfiguration');
    expect(resources[0]?.resources).toContain('secrets');
    const order = resources[0]?.providers.map((provider) => Object.keys(provider)[0]);
    expect([order?.at(0), order?.at(-1)]).toEqual(['aescbc', 'identity']);
  });

  it('brings the audit policy without its comments', async () => {
    const { root, put } = host();
    put('/etc/audit.yaml', 'apiVersion: audit.k8s.io/v1\nkind: Policy\n# note to self\nrules:\n  - level: Metadata\n    users: ["ä"]\n');
    const { documents } = await look(root, processes([apiServer('--audit-policy-file', '/etc/audit.yaml')]), []);
    expect(documents['/etc/audit.yaml']).toBe('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: Metadata\n    users: ["ä"]\n');
  });

  it.each([
    ['--authentication-config', 'AuthenticationConfiguration', 'anonymous: {enabled: false}'],
    ['--authorization-config', 'AuthorizationConfiguration', 'authorizers: [{type: Node, name: node}]'],
  ])('brings the file of %s without its comments', async (flag, kind, rest) => {
    const { root, put } = host();
    put('/etc/auth.yaml', `apiVersion: apiserver.config.k8s.io/v1\nkind: ${kind}\n# note to self\n${rest}\n`);
    const { documents } = await look(root, processes([apiServer(`${flag}=/etc/auth.yaml`)]), []);
    expect(documents['/etc/auth.yaml']).toBe(`apiVersion: apiserver.config.k8s.io/v1\nkind: ${kind}\n${rest}\n`);
  });

  it('brings the certificates that etcd and the API server trust, and nothing else of their files', async () => {
    const { root, put } = host();
    const certificate = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
    put('/etc/ca.crt', certificate('MIIC') + certificate('MIID'));
    put('/etc/etcd.pem', `-----BEGIN EC PRIVATE KEY-----\ngeheim\n-----END EC PRIVATE KEY-----\nnote\n${certificate('MIIE')}`);
    const etcd = { comm: 'etcd', argv: ['etcd', '--trusted-ca-file=/etc/etcd.pem'] };
    const both = await look(root, processes([apiServer('--client-ca-file=/etc/ca.crt'), etcd]), []);
    expect(both.documents).toEqual({
      '/etc/ca.crt': certificate('MIIC') + certificate('MIID'),
      '/etc/etcd.pem': certificate('MIIE'),
    });
    // one alone has nothing to be compared with
    const one = await look(root, processes([apiServer('--client-ca-file=/etc/ca.crt')]), []);
    expect(one.documents).toEqual({});
  });

  it('never brings a file that is not what the flag should name', async () => {
    const { root, put } = host();
    put('/etc/sa.key', '-----BEGIN RSA PRIVATE KEY-----\ngeheim\n');
    const flags = ['--audit-policy-file=/etc/sa.key', '--authentication-config=/etc/sa.key', '--encryption-provider-config=/etc/gone.yaml'];
    const { documents, unreadable, looked } = await look(root, processes([apiServer(...flags)]), []);
    expect(documents).toEqual({});
    expect(unreadable['/etc/sa.key']).toContain('not what its place demands');
    expect(looked).toContain('/etc/gone.yaml');
  });

  it('leaves out a document that is too long', async () => {
    const { root, put } = host();
    put('/etc/audit.yaml', `apiVersion: audit.k8s.io/v1\n${'# x\n'.repeat(40_000)}`);
    const { documents, unreadable } = await look(root, processes([apiServer('--audit-policy-file=/etc/audit.yaml')]), []);
    expect(documents).toEqual({});
    expect(unreadable['/etc/audit.yaml']).toContain('longer');
  });
});
