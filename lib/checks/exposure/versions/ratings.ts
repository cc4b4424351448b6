/** What the public record of a flaw says of its gravity, and where that was read. */
export interface Rating {
  /** CVSS vector as published with the advisory of the project. */
  readonly vector: string;
  /** The advisory. */
  readonly source: string;
}

const issue = (number: number): string => `https://github.com/kubernetes/kubernetes/issues/${number}`;
const rated = (source: number, vector: string): Rating => ({ vector, source: issue(source) });

/**
 * Ratings that were read in the public records of Kubernetes (its CVE feed in OSV form, and the advisories themselves). A flaw that is not named here was rated by us alone, from what
 * its advisory says can be done with it; its findings say so.
 */
export const ratings: Readonly<Record<string, Rating>> = {
  'CVE-2017-1002102': rated(60814, 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:H'),
  'CVE-2018-1002105': rated(71411, 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2019-1002100': rated(74534, 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H'),
  'CVE-2019-11245': rated(78308, 'CVSS:3.0/AV:L/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L'),
  'CVE-2019-11247': rated(80983, 'CVSS:3.0/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L'),
  'CVE-2019-11253': rated(83253, 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'),
  'CVE-2019-11254': rated(89535, 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H'),
  'CVE-2020-8551': rated(89377, 'CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L'),
  'CVE-2020-8552': rated(89378, 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L'),
  'CVE-2020-8555': rated(91542, 'CVSS:3.0/AV:N/AC:H/PR:L/UI:N/S:C/C:H/I:N/A:N'),
  'CVE-2020-8557': rated(93032, 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H'),
  'CVE-2020-8558': rated(92315, 'CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N'),
  'CVE-2020-8559': rated(92914, 'CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:U/C:H/I:H/A:H'),
  'CVE-2020-8563': rated(95621, 'CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:N/A:N'),
  'CVE-2020-8564': rated(95622, 'CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N'),
  'CVE-2020-8566': rated(95624, 'CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N'),
  'CVE-2021-25735': rated(100096, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:N/I:H/A:H'),
  'CVE-2021-25737': rated(102106, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:N'),
  'CVE-2021-25741': rated(104980, 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2022-3162': rated(113756, 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N'),
  'CVE-2022-3294': rated(113757, 'CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2023-2431': rated(118690, 'CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:N'),
  'CVE-2023-2727': rated(118640, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:N'),
  'CVE-2023-2728': rated(118640, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:N'),
  'CVE-2023-2878': rated(118419, 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N'),
  'CVE-2023-3676': rated(119339, 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2023-3955': rated(119595, 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2023-5528': rated(121879, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H'),
  'CVE-2024-3177': rated(124336, 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:N'),
};
