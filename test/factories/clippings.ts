import type { Holdings } from './official-documents.ts';

export interface Clipping {
  readonly from: string;
  /** As it lies on the clipboard. */
  readonly html: string;
  readonly holds: Holdings;
}

const marker = (sign: string): string =>
  `<![if !supportLists]><span style='mso-list:Ignore'>${sign}<span>&nbsp;</span></span><![endif]>`;

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal>去年投入三千万元<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></a>，成效明显。</p>
<p class=MsoNormal style='mso-outline-level:1'>一、总体要求</p><h2><span>（一）排查隐患</span></h2>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>${marker('1.')}检查堤防</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>${marker('a)')}逐台试机</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>${marker('2.')}检查泵站</p>
<table class=MsoTableGrid border=1><tr><td rowspan=2><p>单位</p></td><td colspan=2><p>物资</p></td></tr><tr><td><p>沙袋</p></td><td><p>水泵</p></td></tr></table>
<p><!--[if gte vml 1]><v:shape id="i1"><v:imagedata src="file:///C:/clip_image001.png"/></v:shape><![endif]--><![if !vml]><img width=400 src="file:///C:/clip_image002.png" v:shapes="i1"><![endif]></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><hr align=left size=1 width="33%"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a><span lang=EN-US> </span>数据来自统计公报。</p></div></div><!--EndFragment--></body></html>`;

const wps = `<h1><b><span style="font-family:黑体">一、申报条件</span></b></h1><p class="MsoNormal" style="mso-outline-level:2;"><b>（一）对象</b></p>
<p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><span style='mso-list:Ignore;'>1.</span><span>户籍在本区；</span></p><p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><span style='mso-list:Ignore;'>2.</span><span>无重复申报。</span></p>
<p class="MsoNormal" style="mso-list:l1 level1 lfo2;"><span style='mso-list:Ignore;'>（1）</span><span>材料齐全</span></p>
<table class="MsoNormalTable" style="border-collapse:collapse;"><tbody><tr><td width="100" rowspan="2" style="width:50pt"><p class="MsoNormal">单位</p></td><td colspan="2"><p>物资</p></td></tr><tr><td><p>甲</p></td><td><p>乙</p></td></tr></tbody></table><p><img src="data:image/png;base64,AAAA" width="10"></p>`;

const browser = `<meta charset='utf-8'><h2 style="box-sizing: border-box;">一、总则</h2><h3>（一）目的</h3><ol style="box-sizing:border-box" start="3"><li>三</li><li>四<ul><li>点</li></ul></li></ol>
<table><thead><tr><th rowspan="2">单位</th><th colspan="2">物资</th></tr><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1号</td><td>2号</td><td>3号</td></tr></tbody></table>
<p>正文<sup>[1]</sup></p><figure><img src="https://x/a.png" alt="图"><figcaption>图说</figcaption></figure><p>[1] 网页上的注。</p>`;

/** What word processors and browsers put on the clipboard, with what a person saw in it. */
export const clippings: readonly Clipping[] = [
  {
    from: 'Word',
    html: word,
    holds: { headings: 2, tables: 1, mergedCells: 2, items: 5, footnotes: 1, images: 1 },
  },
  {
    from: 'WPS',
    html: wps,
    holds: { headings: 2, tables: 1, mergedCells: 2, items: 5, footnotes: 0, images: 1 },
  },
  {
    from: 'a browser',
    html: browser,
    holds: { headings: 2, tables: 1, mergedCells: 2, items: 5, footnotes: 1, images: 1 },
  },
];
