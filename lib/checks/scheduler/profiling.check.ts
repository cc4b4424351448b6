import { fails, holds, needsPerson, settingsCheck } from '../shared/flag-check.ts';

export const profiling = settingsCheck('kube-scheduler')(
  {
    id: 'scheduler/profiling',
    title: 'Scheduler profiling is off',
    severity: 'medium',
    why: 'Profiles show what the process does and holds in memory, and taking one slows it down.',
    repair:
      'Set `--profiling=false` in /etc/kubernetes/manifests/kube-scheduler.yaml (with kubeadm also in the ConfigMap kubeadm-config, with Cluster API in `clusterConfiguration.scheduler.extraArgs`), or `enableProfiling: false` in the file that `--config` names.',
  },
  (settings) => {
    // with a configuration file the scheduler ignores the flag
    if (settings.has('config')) {
      const file = settings.text('config');
      return needsPerson(
        `Whether profiling is on is decided in the file ${file}.`,
        `Look for \`enableProfiling: false\` in ${file} on the control-plane nodes; the default is true.`,
      );
    }
    const isOn = settings.boolean('profiling', true);
    return isOn ? fails('Scheduler profiling is on.') : holds('Scheduler profiling is off.');
  },
);
