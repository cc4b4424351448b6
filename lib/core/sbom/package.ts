import { z } from 'zod';

/** Kinds of packages, by the type of their package URL (purl-spec, PURL-TYPES). */
export const packageTypes = ['deb', 'apk', 'rpm', 'golang', 'npm', 'pypi', 'maven', 'gem', 'cargo', 'nuget', 'composer'] as const;
export const PackageType = z.enum(packageTypes);
export type PackageType = z.infer<typeof PackageType>;

export const SoftwarePackage = z
  .object({
    type: PackageType.describe('Kind of package'),
    name: z
      .string()
      .min(1)
      .describe('Name as its ecosystem writes it: `libc6`, `@angular/core`, `org.apache.commons:commons-text`, `golang.org/x/net`'),
    version: z.string().min(1).describe('Version as its manager writes it, with epoch and revision: `1:2.36-9+deb12u4`'),
    source: z
      .object({ name: z.string(), version: z.string() })
      .optional()
      .describe('The source package it was built from; advisories of distributions name that one'),
    architecture: z.string().optional().describe('As the package manager writes it: `amd64`, `x86_64`'),
    licenses: z
      .array(z.string())
      .optional()
      .describe('Licences as declared: SPDX expressions where the package has them, else its own words'),
    supplier: z.string().optional().describe('Maintainer, vendor or author, as declared'),
    module: z.string().optional().describe('Module stream of an rpm: `nodejs:20`'),
    main: z.literal(true).optional().describe('The main module of a Go or Rust program, of which versions are often unknown'),
  })
  .meta({ id: 'SoftwarePackage', description: 'One installed package, as the database or manifest that was found names it.' });
export type SoftwarePackage = z.infer<typeof SoftwarePackage>;

export const OperatingSystem = z
  .object({
    id: z.string().describe('`ID` of os-release: `debian`, `alpine`, `rhel`'),
    versionId: z.string().optional().describe('`VERSION_ID`: `12`, `3.22.1`; rolling distributions have none'),
    like: z.array(z.string()).optional().describe('`ID_LIKE`, split'),
    name: z.string().optional().describe('`PRETTY_NAME`'),
    codename: z.string().optional().describe('`VERSION_CODENAME`'),
  })
  .meta({ id: 'OperatingSystem', description: 'What os-release(5) says an image is.' });
export type OperatingSystem = z.infer<typeof OperatingSystem>;
