import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { validateXML } from 'xmllint-wasm';

const directory = join(import.meta.dirname, 'fixtures');
const read = async (fileName: string) => ({
  fileName,
  contents: await readFile(join(directory, fileName), 'utf8'),
});
const schema = read('oai-answer.xsd');
const parts = Promise.all(['oai-pmh.xsd', 'oai-dc.xsd', 'simple-dc.xsd'].map(read));

/** What an answer of OAI-PMH has that its schema does not allow. */
export async function schemaProblems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'answer.xml', contents: xml },
    schema: [await schema],
    preload: await parts,
  });
  return errors.map((error) => error.message);
}
