// page_style.hpp — how pages look. It holds neither '<' nor '&', so that a page is XML as well.
#pragma once

#include <string_view>

namespace banli::detail {

inline constexpr std::string_view page_style = R"css(
:root{--ink:#17212e;--soft:#51606f;--line:#d6dce3;--pale:#f3f5f8;--blue:#1b4a80;--red:#a81f1f;
--green:#1f6b45;--amber:#f2b632}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#e9ecf0;color:var(--ink);line-height:1.6;
font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;
font-size:15px;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:1160px;margin:0 auto;background:#fff;padding:0 40px 40px;min-height:100vh;
border-top:6px solid var(--blue)}
header{padding:26px 0 18px;border-bottom:1px solid var(--line)}
header .over{color:var(--soft);font-size:14px;letter-spacing:.08em;display:flex;justify-content:space-between;
gap:16px;flex-wrap:wrap}
h1{font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",STSong,SimSun,serif;font-weight:700;
font-size:30px;line-height:1.3;margin:6px 0 4px}
h2{font-size:19px;margin:34px 0 14px;padding-left:12px;border-left:5px solid var(--blue);line-height:1.35}
h2 small{font-weight:400;font-size:13px;color:var(--soft);margin-left:12px}
h3{font-size:16px;margin:0 0 6px}
a{color:var(--blue);text-underline-offset:3px}
p{margin:.4em 0}
time{white-space:nowrap}
.soft{color:var(--soft)}
.num{font-size:17px;letter-spacing:.02em;color:var(--soft)}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0 0}
dl.meta{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:10px 28px;margin:18px 0 0}
dl.meta dt,.k{color:var(--soft);font-size:13px}
dl.meta dd{margin:0}
.tag{display:inline-block;border:1px solid var(--soft);color:var(--ink);border-radius:3px;padding:0 9px;
font-size:13px;line-height:24px;background:#fff}
.tag.bad{border:2px solid var(--red);color:var(--red);font-weight:700}
.tag.good{border-color:var(--green);color:var(--green);font-weight:700}
.tag.wait{border-style:dashed}
.tag.phase{background:var(--blue);border-color:var(--blue);color:#fff;font-weight:700}
.lv{display:inline-block;min-width:52px;text-align:center;border-radius:3px;padding:0 9px;font-size:13px;
line-height:24px;font-weight:700;white-space:nowrap;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.lv-r{background:#e7eff8;color:#143c6b;border:1px solid #7f9fc4}
.lv-w{background:var(--amber);color:#3a2800;border:1px solid #b98309}
.lv-a{background:var(--red);color:#fff;border:1px solid #7c1313}
.lamps{display:flex;flex-wrap:wrap;gap:10px 34px;margin:0 0 14px}
.lamps span{display:flex;align-items:center;gap:10px}
.lamps b{font-size:30px;line-height:1.2}
.lamp{display:inline-block;width:20px;height:20px;border-radius:50%;flex:none;vertical-align:-4px;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.lamp-red{background:var(--red);border:1px solid #7c1313}
.lamp-yellow{background:var(--amber);border:1px solid #b98309;border-radius:4px}
.lamp-green{background:#8cc3a4;border:1px solid var(--green)}
td .lamp{width:14px;height:14px;margin-right:6px;vertical-align:-2px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px}
.card{border:1px solid var(--line);border-radius:5px;padding:14px 18px}
.card.bad{border-left:5px solid var(--red)}
.card.warn{border-left:5px solid var(--amber)}
.card.calm{border-left:5px solid #7f9fc4}
.card.good{border-left:5px solid var(--green)}
.big{font-size:25px;font-weight:700;line-height:1.35}
.big small{font-size:14px;font-weight:400;color:var(--soft);margin-left:8px}
svg.bar{display:block;width:100%;height:16px;margin:7px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:0;border:1px solid var(--line);
border-radius:5px;overflow:hidden}
.tile{padding:14px 18px;box-shadow:1px 1px 0 var(--line)}
.tile b{display:block;font-size:30px;line-height:1.25}
.tile b small{font-size:16px;font-weight:400}
.tile .row{margin:6px 0 2px;gap:6px 14px}
.tile .row b{display:inline;font-size:20px;margin-left:6px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-weight:600;color:var(--soft);font-size:13px;border-bottom:2px solid var(--line);
padding:6px 10px 6px 0;vertical-align:bottom;overflow-wrap:normal}
td{border-bottom:1px solid var(--line);padding:7px 10px 7px 0;vertical-align:top;unicode-bidi:isolate}
td.n,th.n{text-align:right;white-space:nowrap}
td.w{white-space:nowrap}
tfoot td{font-weight:700;border-top:2px solid var(--line)}
tbody tr:hover{background:var(--pale)}
td.hot{color:var(--red);font-weight:700}
td.none{color:#6b7885}
td p{margin:0}
td .k{margin-right:6px}
.two{display:grid;grid-template-columns:minmax(0,390px) minmax(0,1fr);gap:14px 36px;align-items:start;margin:0 0 30px}
.two svg{max-width:100%;height:auto}
.figure{overflow-x:auto;border:1px solid var(--line);border-radius:5px;padding:16px;text-align:center}
.figure svg{max-width:100%;height:auto;max-height:1100px}
.hit{border:1px solid var(--line);border-radius:5px;padding:12px 18px;margin:0 0 12px}
.hit.a{border-left:5px solid var(--red)}
.hit.w{border-left:5px solid var(--amber)}
.hit.r{border-left:5px solid #7f9fc4}
.hit .row{margin:0 0 4px}
.hit .said{font-size:16px;margin:4px 0 6px}
ul.facts{list-style:none;margin:8px 0 0;padding:8px 12px;background:var(--pale);font-size:14px}
ul.facts li{display:inline-block;margin:0 24px 2px 0}
ul.facts b{font-weight:700}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft);margin:0 0 10px}
.key svg{vertical-align:-2px;margin-right:6px}
details summary{cursor:pointer;padding:10px 0;color:var(--blue);font-weight:600}
table.fixed{table-layout:fixed}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
table.items th{white-space:nowrap}
th.share{width:26%}
table.events td.said{max-width:520px}
table.runs .why a{font-size:13px;white-space:nowrap}
@media (max-width:760px){
dl.meta{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px 16px}
table.runs thead{display:none}
table.runs,table.runs tbody,table.runs tr{display:block}
table.runs tr{border-bottom:1px solid var(--line);padding:6px 0}
table.runs td{display:inline-block;border:0;padding:0 12px 0 0;text-align:left}
table.runs td:first-child{display:block;font-weight:600;padding:0}
table.runs td.n:before{content:attr(data-th) " ";color:var(--soft);font-size:13px}
table.runs td.none{display:none}
table.runs td.why{color:var(--soft)}
main{padding:0 16px 28px}
h1{font-size:24px}
header{padding:18px 0 14px}
h2{margin:28px 0 12px}
h2 small{display:block;margin:2px 0 0}
.two{grid-template-columns:minmax(0,1fr)}
.cards{grid-template-columns:minmax(0,1fr)}
.tiles{display:flex;flex-wrap:wrap}
.tile{padding:12px 14px;flex:1 1 45%}
.tile b{font-size:25px}
.tile.wide{flex-basis:100%}
.figure{padding:10px}
.figure svg{max-width:none;min-width:min(100%,560px)}
table.stack thead{display:none}
table.stack,table.stack tbody,table.stack tfoot,table.stack tr{display:block}
table.stack tr{border-bottom:1px solid var(--line);padding:10px 0}
table.stack td{display:grid;grid-template-columns:6.2em minmax(0,1fr);border:0;padding:1px 0;text-align:left;
white-space:normal}
table.stack td .lv{justify-self:start}
table.stack td:before{content:attr(data-th);color:var(--soft);font-size:13px}
table.stack td.none{display:none}
table.stack td.lead{display:block;font-weight:600}
table.stack td.lead:before{content:none}
table.stack td.wide{display:block}
table.stack td.wide:before{content:none}
table.items td.n{display:inline-block;width:33%}
table.items td.n:before{content:attr(data-th) " ";font-weight:400}
table.hits tr{display:grid;grid-template-columns:auto minmax(0,1fr);column-gap:12px}
table.hits td{grid-column:1/-1}
table.hits td:first-child{grid-column:1}
table.hits td:nth-child(2){grid-column:2;display:block;font-weight:600}
table.hits td:first-child:before,table.hits td:nth-child(2):before{content:none}
}
@media print{
@page{margin:14mm}
body{background:#fff;font-size:11pt}
main{max-width:none;padding:0;border-top:0}
h1{font-size:19pt}h2{font-size:13pt;break-after:avoid}
.card,.hit,.tile,tr{break-inside:avoid}
.figure{border:0;padding:0;overflow:visible}
.scroll{overflow:visible}
.two{grid-template-columns:95mm minmax(0,1fr)}
table{font-size:9.5pt}
a{color:inherit;text-decoration:none}
a[href^="http"]:after{content:" " attr(href);font-size:8pt}
details:not([open])>*{display:block}
.back{display:none}
}
)css";

} // namespace banli::detail
