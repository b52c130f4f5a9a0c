/** `…条例（2018年修正）` is a version of `…条例`. What was in force on trial (试行) is a document of its own. */
const versionMark = /\([^()]*(?:修正|修订|修改)[^()]*\)/gu;

/** A title as it is compared: documents are cited with and without signs, marks and the name of the state. */
export function documentName(title: string): string {
  return title
    .normalize('NFKC')
    .replaceAll(versionMark, '')
    .replaceAll('中华人民共和国', '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/** Below this a name says nothing: 办法, 附件. */
const leastName = 4;
export const isTelling = (name: string): boolean => name.length >= leastName || /[法典]$/u.test(name);
