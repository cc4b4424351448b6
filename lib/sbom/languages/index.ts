import type { FileCataloger } from '../cataloger.ts';
import { dotnetDependencies } from './dotnet.ts';
import { javaArchives } from './java.ts';
import { npmPackages } from './npm.ts';
import { phpPackages } from './php.ts';
import { pythonPackages } from './python.ts';
import { rubyGems } from './ruby.ts';

/** What the package managers of programming languages leave beside the packages they install. */
export const languageCatalogers: readonly FileCataloger[] = [
  npmPackages,
  pythonPackages,
  javaArchives,
  rubyGems,
  dotnetDependencies,
  phpPackages,
];
