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

/** Sections of the penetration probes in the order of the report; the first that takes a row has it. */
const penetration: readonly (readonly [id: string, name: string, takes: RegExp])[] = [
  ['TLS', 'TLS: protocols, ciphers, certificates', /^API-1[012]$/],
  ['VER', 'Versions and their known flaws', /^(API-1[45]|VER-)/],
  ['API', 'API server', /^API-/],
  ['KUB', 'Kubelet', /^KUB-/],
  ['ETC', 'etcd', /^ETC-/],
  ['CMP', 'Other components and node services', /^CMP-/],
  ['ADD', 'Add-ons, dashboards, published services', /^ADD-/],
  ['VSP', 'vSphere side', /^VSP/],
  ['POD', 'Seen from a pod', /^POD-/],
  ['KHV', "kube-hunter's list", /^KHV/],
];
const inReading = ['API', 'KUB', 'ETC', 'CMP', 'ADD', 'VSP', 'TLS', 'POD', 'VER', 'KHV'];

const penetrationSection = (row: string): string => penetration.find(([, , takes]) => takes.test(row))?.[0] ?? row.split('-')[0] ?? row;

/** The section a control is in: `1.2.3` of a benchmark is in 1.2 and `2.1` in 2; rows of penetration probes by what they are about. */
export const sectionOf = ({ framework, id }: { readonly framework: string; readonly id: string }): string =>
  framework === 'gatehouse-penetration' ? penetrationSection(id) : id.split('.').slice(0, -1).join('.') || id;

const rank = (section: string): number => (inReading.includes(section) ? inReading.indexOf(section) : inReading.length);

/** Order of sections where the framework's own is not that of its numbers; sorting with it leaves the others as they are. */
export const bySectionOrder =
  (framework: string) =>
  (a: string, b: string): number =>
    framework === 'gatehouse-penetration' ? rank(a) - rank(b) : 0;

/** Name of a section; a framework we have no words for shows its numbers only. */
export const sectionName = (framework: string, section: string): string => {
  if (framework === 'cis-kubernetes') return cisKubernetes[section] ?? '';
  return framework === 'gatehouse-penetration' ? (penetration.find(([id]) => id === section)?.[1] ?? '') : '';
};
