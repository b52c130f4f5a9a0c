import { describe, expect, it } from 'vitest';
import type { RichBlock } from '../../../contracts/rich-text.ts';
import { convertHtml, plainText, type ConvertHtmlOptions } from './index.ts';

const textOf = (block: RichBlock): string => plainText({ type: 'doc', content: [block] });
/** Each block on a line: its type, then its text. */
const linesOf = (html: string, options?: ConvertHtmlOptions): string[] =>
  convertHtml(html, options).document.content.map((block) =>
    `${block.type} ${textOf(block).replaceAll('\n', '/')}`.trim(),
  );

const word = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/x/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; text-indent:21.0pt;} @page WordSection1 {size:595.3pt 841.9pt;} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格;}</style><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoTitle align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>关于做好2026年防汛
工作的通知<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>各乡镇人民政府、
街道办事处：<span lang=EN-US><o:p></o:p></span></span></p>
<h1 style='mso-list:none'><a name="_Toc1"><span style='font-family:黑体'>一、总体要求</span></a></h1>
<p class=MsoNormal><span lang=EN-US style='mso-spacerun:yes'>&nbsp;&nbsp;&nbsp; </span><span>坚持<b>预防为主</b>，于<span lang=EN-US>6</span>月<span
lang=EN-US>1</span>日前完成。<span lang=EN-US><o:p>&nbsp;</o:p></span></span></p>
<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
lang=EN-US style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]><span>排查隐患</span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>备足物资</p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=138 rowspan=2 valign=top style='width:103.7pt;border:solid windowtext 1.0pt'>
  <p class=MsoNormal><span>单位<span lang=EN-US><o:p></o:p></span></span></p></td><td width=138 valign=top><p class=MsoNormal align=center><b>人数</b></p></td></tr>
 <tr><td valign=top><p class=MsoNormal><span lang=EN-US>12<o:p></o:p></span></p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="i1" style='width:300pt'><v:imagedata src="file:///C:/clip_image001.png" o:title=""/></v:shape><![endif]--><![if !vml]><img
width=400 height=300 src="file:///C:/clip_image002.png" v:shapes="i1"><![endif]></p>
<p class=MsoNormal align=right style='text-align:right'>浔阳区人民政府办公室</p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p><!--EndFragment--></body></html>`;

const wps = `<p class="MsoNormal" align="justify" style="text-indent:32.0000pt;mso-char-indent-count:2.0000;text-align:justify;"><span style="mso-spacerun:'yes';font-family:仿宋_GB2312;font-size:16pt;"><font face="仿宋_GB2312">根据《条例》要求，现将</font></span><b><span style="mso-spacerun:'yes';font-weight:bold;"><font face="仿宋_GB2312">有关事项</font></span></b><span><font face="仿宋_GB2312">公示如下。</font></span><span><o:p></o:p></span></p>
<h2 style="mso-pagination:lines-together;"><b><span style="font-family:楷体_GB2312;">（一）申报条件</span></b></h2>
<p class="MsoNormal" style="margin-left:21.0000pt;text-indent:-21.0000pt;mso-list:l0 level1 lfo1;"><![if !supportLists]><span style="font-size:16pt;"><span style='mso-list:Ignore;'>1.<span>&nbsp;</span></span></span><![endif]><span>户籍在本区；</span></p>
<p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><![if !supportLists]><span style='mso-list:Ignore;'>2.<span>&nbsp;</span></span><![endif]><span>无重复申报。</span></p>
<p class="MsoNormal"><span>&nbsp;</span></p>`;

const weChat = `<section data-role="outer" label="edit by 135editor"><section style="text-align:center"><section style="display:inline-block"><p><span style="color:#fff"><strong>工作动态</strong></span></p></section></section>
<p style="text-indent:2em;line-height:1.75em"><span style="font-size:15px;letter-spacing:1px">近日，浔阳区开展<span leaf="">志愿服务</span>活动。</span></p>
<p style="text-align:center"><img class="rich_pages wxw-img" data-ratio="0.66" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg" src="data:image/svg+xml,%3Csvg%3E" alt="图片"></p>
<mp-common-profile data-id="x"></mp-common-profile><p><br></p><section><iframe class="video_iframe" data-src="https://v.qq.com/x"></iframe></section>
<p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p></section>`;

const oldPage = `<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{line-height:2}</style>
<TABLE width=900 align=center border=0><TBODY><TR><TD><FONT size=5><CENTER>关于公布行政事业性收费目录的公告</CENTER></FONT></TD></TR>
<TR><TD>&#12288;&#12288;根据规定，现公告如下：<BR>&#12288;&#12288;一、公布目录。<BR>&#12288;&#12288;二、监督电话：0792-8211234<BR><BR>
<TABLE border=1><TBODY><TR><TD>项目</TD><TD>标准</TD></TR><TR><TD>证照费</TD><TD>免收</TD></TR></TBODY></TABLE>
附件：<A href="./P020221208.doc" target=_blank oldsrc="W02">收费目录.doc</A></TD></TR></TBODY></TABLE></div>`;

const excel = `<html><head><style><!--table {mso-displayed-decimal-separator:"\\.";}--></style></head><body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse;width:162pt'>
<!--StartFragment--> <col width=72 span=3 style='width:54pt'><tr height=19><td colspan=3 height=19 class=xl65 width=216>2026年预算表</td></tr>
<tr><td>科目</td><td>年初</td><td>执行</td></tr><tr><td>教育</td><td align=right>100</td><td></td></tr><!--EndFragment--></table></body></html>`;

const googleDocs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-size:20pt;font-weight:400">标题</span></h1><p dir="ltr"><span style="font-weight:700">粗</span><span style="font-weight:400">细</span><span style="font-style:italic;text-decoration:none">斜</span></p><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>甲</span></p></li><ul><li aria-level="2"><p>乙</p></li></ul></ul><br /></b>`;

describe('pasted from', () => {
  it('Word', () => {
    expect(linesOf(word)).toEqual([
      'paragraph 关于做好2026年防汛工作的通知',
      'paragraph 各乡镇人民政府、街道办事处：',
      'heading 一、总体要求',
      'paragraph 坚持预防为主，于6月1日前完成。',
      'bulletList 排查隐患/备足物资',
      'table 单位\t人数/12',
      'paragraph 浔阳区人民政府办公室',
    ]);
    expect(convertHtml(word).images).toEqual([{ src: 'file:///C:/clip_image002.png', alt: '' }]);
  });
  it('WPS', () => {
    expect(linesOf(wps)).toEqual([
      'paragraph 根据《条例》要求，现将有关事项公示如下。',
      'heading （一）申报条件',
      'orderedList 户籍在本区；/无重复申报。',
    ]);
  });
  it('WeChat', () => {
    expect(
      linesOf(weChat, { resolveImage: (src) => (src.startsWith('https://mmbiz') ? { assetId: '9' } : null) }),
    ).toEqual(['paragraph 工作动态', 'paragraph 近日，浔阳区开展志愿服务活动。', 'image']);
    expect(convertHtml(weChat).warnings).toEqual([
      '1 张图片没有带入，请另行上传',
      '1 处音视频或嵌入内容没有带入',
    ]);
  });
  it('an old government page', () => {
    const baseUrl = 'http://www.xunyang.gov.cn/zwgk/202212/t20221208_1.html';
    expect(linesOf(oldPage, { baseUrl })).toEqual([
      'paragraph 关于公布行政事业性收费目录的公告',
      'paragraph 根据规定，现公告如下：',
      'paragraph 一、公布目录。',
      'paragraph 二、监督电话：0792-8211234',
      'table 项目\t标准/证照费\t免收',
      'paragraph 附件：收费目录.doc',
    ]);
  });
  it('Excel', () => {
    expect(linesOf(excel)).toEqual(['table 2026年预算表/科目\t年初\t执行/教育\t100']);
  });
  it('Google Docs', () => {
    expect(linesOf(googleDocs)).toEqual(['heading 标题', 'paragraph 粗细斜', 'bulletList 甲/乙']);
    expect(convertHtml(googleDocs).document.content[1]).toEqual({
      type: 'paragraph',
      content: [
        { type: 'text', text: '粗', marks: [{ type: 'bold' }] },
        { type: 'text', text: '细' },
        { type: 'text', text: '斜', marks: [{ type: 'italic' }] },
      ],
    });
  });
});
