import type { ApiRemoval, Replacement } from './api-removal.ts';

// What the module k8s.io/api does not tell: other repositories, configuration files, releases before its tags, and kinds that are called differently in the version that follows.
// A row here takes the place of the generated one of the same kind.

const guide = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';
const notes = (minor: string): string => `https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-${minor}.md`;

type More = Omit<ApiRemoval, 'removedIn' | 'group' | 'version' | 'kinds' | 'evidence'> & { readonly evidence?: string };
const row = (removedIn: string, groupVersion: string, kinds: string, more: More = {}): ApiRemoval => {
  const [group, version] = groupVersion.split('/') as [string, string];
  return { removedIn, group, version, kinds: kinds.split('|'), evidence: notes(removedIn), ...more };
};
const to = (groupVersion: string, replacementSince: string, deprecatedIn?: string, kind?: string): More => {
  const [group, version] = groupVersion.split('/') as [string, string];
  const replacement: Replacement = { group, version, ...(kind === undefined ? {} : { kind }) };
  return { replacement, replacementSince, ...(deprecatedIn === undefined ? {} : { deprecatedIn }) };
};
const gone = (instead?: string): More => ({ replacement: 'none', ...(instead === undefined ? {} : { instead }) });

/** Where file formats are named in the flags of a component. */
export const fileFlags: readonly { readonly group: string; readonly component: string; readonly flag: string }[] = [
  { group: 'apiserver.config.k8s.io', component: 'kube-apiserver', flag: 'admission-control-config-file' },
  { group: 'audit.k8s.io', component: 'kube-apiserver', flag: 'audit-policy-file' },
  { group: 'kubescheduler.config.k8s.io', component: 'kube-scheduler', flag: 'config' },
];

const served: readonly ApiRemoval[] = [
  row('1.19', 'auditregistration.k8s.io/v1alpha1', 'AuditSink', gone()),
  row('1.20', 'settings.k8s.io/v1alpha1', 'PodPreset', gone()),
  row('1.22', 'apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', {
    ...to('apiextensions.k8s.io/v1', '1.16', '1.16'),
    evidence: guide,
  }),
  row('1.22', 'apiregistration.k8s.io/v1beta1', 'APIService', { ...to('apiregistration.k8s.io/v1', '1.10', '1.19'), evidence: guide }),
  row(
    '1.23',
    'rbac.authorization.k8s.io/v1alpha1',
    'ClusterRole|ClusterRoleBinding|Role|RoleBinding',
    to('rbac.authorization.k8s.io/v1', '1.8', '1.17'),
  ),
  row('1.23', 'scheduling.k8s.io/v1alpha1', 'PriorityClass', to('scheduling.k8s.io/v1', '1.14', '1.14')),
  row('1.24', 'node.k8s.io/v1alpha1', 'RuntimeClass', to('node.k8s.io/v1', '1.20', '1.20')),
  row('1.25', 'policy/v1beta1', 'PodSecurityPolicy', { ...gone('Pod Security Admission'), deprecatedIn: '1.21', evidence: guide }),
  row('1.27', 'resource.k8s.io/v1alpha1', 'PodScheduling', to('resource.k8s.io/v1alpha2', '1.27', undefined, 'PodSchedulingContext')),
  row('1.31', 'resource.k8s.io/v1alpha2', 'PodSchedulingContext', gone()),
  row('1.31', 'resource.k8s.io/v1alpha2', 'ResourceClass', to('resource.k8s.io/v1alpha3', '1.31', undefined, 'DeviceClass')),
];

const file = (component: string): { readonly seenIn: string } => ({ seenIn: `a file of ${component}` });
const kubeadmFile = { seenIn: 'a file of kubeadm' };
const elsewhere: readonly ApiRemoval[] = [
  // each names the version right after it; which one to move to follows from the target
  row('1.22', 'kubeadm.k8s.io/v1beta1', '*', { ...kubeadmFile, ...to('kubeadm.k8s.io/v1beta2', '1.15', '1.20') }),
  row('1.27', 'kubeadm.k8s.io/v1beta2', '*', { ...kubeadmFile, ...to('kubeadm.k8s.io/v1beta3', '1.22', '1.24') }),
  row('1.37', 'kubeadm.k8s.io/v1beta3', '*', { ...kubeadmFile, ...to('kubeadm.k8s.io/v1beta4', '1.31', '1.31') }),
  row('1.23', 'kubescheduler.config.k8s.io/v1beta1', 'KubeSchedulerConfiguration', {
    ...file('kube-scheduler'),
    ...to('kubescheduler.config.k8s.io/v1beta2', '1.22'),
  }),
  row('1.28', 'kubescheduler.config.k8s.io/v1beta2', 'KubeSchedulerConfiguration', {
    ...file('kube-scheduler'),
    ...to('kubescheduler.config.k8s.io/v1', '1.25', '1.25'),
  }),
  row('1.29', 'kubescheduler.config.k8s.io/v1beta3', 'KubeSchedulerConfiguration', {
    ...file('kube-scheduler'),
    ...to('kubescheduler.config.k8s.io/v1', '1.25', '1.26'),
  }),
  row('1.24', 'audit.k8s.io/v1alpha1', 'Policy|Event', { ...file('kube-apiserver'), ...to('audit.k8s.io/v1', '1.12', '1.13') }),
  row('1.24', 'audit.k8s.io/v1beta1', 'Policy|Event', { ...file('kube-apiserver'), ...to('audit.k8s.io/v1', '1.12', '1.13') }),
  row('1.24', 'client.authentication.k8s.io/v1alpha1', 'ExecCredential', {
    seenIn: 'a kubeconfig',
    ...to('client.authentication.k8s.io/v1', '1.22', '1.22'),
  }),
  row('1.26', 'runtime.v1alpha2/v1alpha2', 'RuntimeService', {
    seenIn: 'the interface between kubelet and container runtime',
    ...gone('a container runtime that speaks CRI v1, such as containerd 1.6 and later'),
    deprecatedIn: '1.23',
  }),
  row('1.36', 'apiserver.config.k8s.io/v1alpha1', 'WebhookAdmissionConfiguration', {
    ...file('kube-apiserver'),
    ...to('apiserver.config.k8s.io/v1', '1.17', '1.17'),
  }),
];

export const removalsByHand: readonly ApiRemoval[] = [...served, ...elsewhere];
