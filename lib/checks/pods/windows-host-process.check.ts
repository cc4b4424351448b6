import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

export const windowsHostProcess = podSecurityCheck({
  name: 'windows-host-process',
  title: 'Namespaces keep out Windows HostProcess containers',
  severity: 'high',
  level: 'baseline',
  onWindowsOnly: true,
  doing: 'run Windows HostProcess containers',
  offends: eachContainer('windowsOptions.hostProcess', ({ securityContext }, pod) =>
    (securityContext.hostProcess ?? pod.securityContext.hostProcess) ? 'true' : undefined,
  ),
  why: 'A HostProcess container runs on the Windows node itself, with access to its file system, network and services.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and take `windowsOptions.hostProcess: true` out of the pods, or move node agents that need it to a namespace of their own.',
});
