// All benchmarks, each beside its target: npm run bench [-- KUBECONFIG of a real cluster]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [kubeconfig] = process.argv.slice(2);
const run = (name: string, ...args: readonly string[]): void => {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
};

if (kubeconfig === undefined)
  console.log('small-cluster is left out: it needs the kubeconfig of a real cluster, npm run bench -- KUBECONFIG');
else run('small-cluster', kubeconfig);
run('large-cluster');
run('upgrade-facts');
run('gate');
run('penetration');
run('reports');
run('sbom-layers');
run('dispatcher');
run('api');
run('matching');
