import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRegistrySource, openArchive } from '../../lib/adapters/oci/index.ts';
import { must } from '../support/answers.ts';
import { layoutFiles, makeTar, savedFiles, type TarFile } from '../support/oci-images.ts';
import { startRegistryServer } from '../support/registry-server.ts';
import { describeImageSource, type ImageSourceUnderTest, imagesForSources } from './image-source.contract.ts';

describeImageSource('registry', async () => {
  const server = await startRegistryServer(imagesForSources);
  const source = createRegistrySource();
  return {
    source,
    referenceOf: (name) => `${server.host}/${name}`,
    repositoryOf: (name) => `${server.host}/${name}`,
    close: () => {
      source.close();
      return server.close();
    },
  };
});

const named = imagesForSources.map((one) => ({ ...one, name: `registry.example/${one.name}` }));

const fromArchive = async (write: (folder: string) => Promise<string>): Promise<ImageSourceUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-images-'));
  return {
    source: must(await openArchive(await write(folder))),
    referenceOf: (name) => `registry.example/${name}`,
    repositoryOf: (name) => `registry.example/${name}`,
    close: () => rm(folder, { recursive: true }),
  };
};
const writeTar = (files: readonly TarFile[]) => async (folder: string) => {
  const path = join(folder, 'images.tar');
  await writeFile(path, makeTar(files));
  return path;
};
const writeFolder = (files: readonly TarFile[]) => async (folder: string) => {
  for (const { name, body = '' } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), body);
  }
  return folder;
};

describeImageSource('OCI layout in a folder', () => fromArchive(writeFolder(layoutFiles(named))));
describeImageSource('OCI layout in a tar', () => fromArchive(writeTar(layoutFiles(named))));
describeImageSource('docker-archive', async () => ({ ...(await fromArchive(writeTar(savedFiles(named)))), isDockerArchive: true }));
