/** What the sections of the benchmark are about, in our own words; the same numbers in all versions since 1.11. */
const cisKubernetes: Readonly<Record<string, string>> = {
  '1.1': 'Files of the control plane',
  '1.2': 'API server',
  '1.3': 'Controller manager',
  '1.4': 'Scheduler',
  '2': 'etcd',
  '3.1': 'Who may sign in, and how',
  '3.2': 'Audit log',
  '4.1': 'Files of the nodes',
  '4.2': 'Kubelet',
  '4.3': 'kube-proxy',
  '5.1': 'Roles and service accounts',
  '5.2': 'What pods may do',
  '5.3': 'Network between pods',
  '5.4': 'Secrets',
  '5.5': 'Admission of images',
  '5.6': 'Namespaces and general settings',
};

/** Name of a section; a framework we have no words for shows its numbers only. */
export const sectionName = (framework: string, section: string): string =>
  framework === 'cis-kubernetes' ? (cisKubernetes[section] ?? '') : '';
