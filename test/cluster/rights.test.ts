import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { Report } from '../../lib/reports/report.ts';
import { apply, bed, gatehouse, kubeconfigOf, kubectl, outcomesOf, temporaryFolder, until } from './bed.ts';

/** A kubeconfig for the cluster `plain` with a token in place of its certificate. */
const withToken = async (token: string): Promise<string> => {
  const config = parse(await readFile(await kubeconfigOf('plain'), 'utf8'));
  config.users = [{ name: 'scanner', user: { token } }];
  config.contexts[0].context.user = 'scanner';
  const path = join(await temporaryFolder(), 'kubeconfig');
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
};
const tokenOf = async (account: string): Promise<string> =>
  (await kubectl('plain', '-n', 'gatehouse', 'create', 'token', account, '--duration', '1h')).trim();
const permissions = async (...more: readonly string[]) => {
  const { stdout } = await gatehouse(['permissions', ...more]);
  return parseAllDocuments(stdout).map(
    (document) => document.toJS() as { kind: string; metadata: { name: string }; rules?: { resources?: string[] }[] },
  );
};
const scanWith = async (kubeconfig: string, ...more: readonly string[]) => {
  const out = await temporaryFolder();
  const ended = await gatehouse(['scan', '--kubeconfig', kubeconfig, '--out', out, '--format', 'json', '--fail-on', 'never', ...more]);
  const report = ended.exit === 0 ? Report.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))) : undefined;
  return { ...ended, report };
};

describe('an account with exactly what `gatehouse permissions` prints', () => {
  let kubeconfig: string;
  beforeAll(async () => {
    await apply('plain', ...(await permissions('--node-facts')));
    kubeconfig = await withToken(await tokenOf('gatehouse'));
  });
  afterAll(async () => {
    await kubectl('plain', 'delete', 'namespace', 'gatehouse', 'gatehouse-node-facts', '--wait=true');
    await kubectl('plain', 'delete', 'clusterrole,clusterrolebinding', '-l', 'app.kubernetes.io/name=gatehouse');
    for (const namespace of ['kube-system', 'default'])
      await kubectl('plain', '-n', namespace, 'delete', 'role,rolebinding', '-l', 'app.kubernetes.io/name=gatehouse');
  });

  it('has every right that doctor asks about, and kubelets answer', async () => {
    const { exit, stdout } = await gatehouse(['doctor', '--kubeconfig', kubeconfig, '--node-facts']);
    expect(stdout).toContain('Every right is there.');
    expect(exit).toBe(0);
  });

  it('decides what an administrator decides, node facts included', async () => {
    const { report, stderr } = await scanWith(kubeconfig, '--node-facts');
    expect(stderr).not.toContain('needs');
    const admin = await scanWith(await kubeconfigOf('plain'), '--node-facts');
    expect(outcomesOf(report as Report)).toEqual({ ...outcomesOf(admin.report as Report), ...tokenSecretControls });
    expect(report?.scan.actor).toBe('system:serviceaccount:gatehouse:gatehouse');
  });

  it('shows kubelets the token of the second account only', async () => {
    const { report } = await scanWith(kubeconfig);
    const finding = report?.findings.find(({ check }) => check === 'kubelet/read-only-port');
    expect(finding?.outcome).toBe('pass');
    // without the second account the scanner has nothing that it would show a kubelet
    await kubectl('plain', '-n', 'gatehouse', 'delete', 'serviceaccount', 'gatehouse-kubelet-reader');
    const without = await scanWith(kubeconfig);
    expect(without.report?.findings.find(({ check }) => check === 'kubelet/read-only-port')).toMatchObject({ outcome: 'unknown' });
    expect(without.report?.coverage.statements.join(' ')).toContain('gatehouse permissions');
    await apply('plain', ...(await permissions('--node-facts')));
  });

  it('loses exactly the controls of a right that is taken away, and says which right', async () => {
    const manifests = await permissions('--node-facts');
    const role = manifests.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'gatehouse');
    const rules = role?.rules?.map((rule) => ({ ...rule, resources: rule.resources?.filter((resource) => resource !== 'rolebindings') }));
    await apply('plain', { ...role, rules });
    const { report } = await scanWith(kubeconfig);
    expect(outcomesOf(report as Report)).toMatchObject({ '5.1.1': 'unknown', '5.1.8': 'unknown', '1.2.1': 'fail' });
    expect(report?.findings.find(({ check }) => check === 'rbac/cluster-admin')?.message).toContain(
      'list rolebindings.rbac.authorization.k8s.io',
    );
    const doctor = await gatehouse(['doctor', '--kubeconfig', kubeconfig]);
    expect(doctor.exit).toBe(1);
    expect(doctor.stdout).toMatch(/no\s+list rolebindings\.rbac\.authorization\.k8s\.io/);
    await apply('plain', ...manifests);
  });
});

/** Secrets are not listed with the usual rights: what that changes is said here. */
const tokenSecretControls: Readonly<Record<string, string>> = { '3.1.2': 'unknown', '3.1.3': 'unknown' };

describe('an account without rights', () => {
  it('cannot scan: exit status 2 and the way out', async () => {
    await bed('kubectl', 'plain', 'create', 'namespace', 'nobody');
    await until('the default account', async () => (await kubectl('plain', '-n', 'nobody', 'get', 'serviceaccount', 'default')) !== '');
    const token = (await kubectl('plain', '-n', 'nobody', 'create', 'token', 'default')).trim();
    const { exit, stderr } = await scanWith(await withToken(token));
    await kubectl('plain', 'delete', 'namespace', 'nobody');
    expect(exit).toBe(2);
    expect(stderr).toContain('gatehouse permissions');
    expect(stderr).not.toContain(token);
  });

  it('with a token that is no token is refused', async () => {
    const { exit, stderr } = await scanWith(await withToken('not-a-token'));
    expect(exit).toBe(2);
    expect(stderr).toMatch(/gatehouse: .*(401|refused|credential|token)/i);
  });
});
