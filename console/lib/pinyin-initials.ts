// The first character of each letter in the order of pinyin, which the browser's own collation knows.
const firsts = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀';
const letters = 'abcdefghjklmnopqrstwxyz';
const collator = new Intl.Collator('zh-Hans-u-co-pinyin');
const chinese = /\p{Script=Han}/u;

function initialOf(character: string): string {
  if (!chinese.test(character)) return character.toLowerCase();
  let found = '';
  for (let at = 0; at < letters.length; at += 1) {
    if (collator.compare(character, firsts.charAt(at)) < 0) break;
    found = letters.charAt(at);
  }
  return found;
}

/** 政务公开 as `zwgk`; what is not Chinese stays. Of a character with several readings one is taken. */
export function pinyinInitials(text: string): string {
  return Array.from(text, initialOf).join('');
}
