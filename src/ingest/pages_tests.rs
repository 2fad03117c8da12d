//! What is taken of a web page, and what is of others.

use super::read;

/// A story of three paragraphs under a headline; what is put in place of `{}` is of the test.
const FIRST: &str =
    "The harbour of Lund was dredged on Monday for the first time in eleven years, the port captain said.";
const SECOND: &str =
    "Two barges carried the mud to the sea, and a third lay idle because its pump had broken in March.";
const THIRD: &str = "The council has set aside nine million crowns, which the captain, Ebba Falk, called too little.";

fn story(head: &str, between: &str, behind: &str) -> String {
    let page = format!(
        "<html><head><title>Mud leaves the harbour</title>{head}</head><body><div class=x><h1>Mud leaves the harbour</h1>\
         <p>{FIRST}</p>{between}<p>{SECOND}</p><p>{THIRD}</p></div>{behind}</body></html>"
    );
    read("page.html", page.as_bytes()).unwrap().text.as_str().to_owned()
}

fn whole() -> String {
    format!("Mud leaves the harbour\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}")
}

#[track_caller]
fn left_out(between: &str, behind: &str) {
    assert_eq!(story("", between, behind), whole(), "{between}{behind}");
}

#[track_caller]
fn kept(between: &str, shown: &str) {
    let text = format!("Mud leaves the harbour\n\n{FIRST}\n\n{shown}\n\n{SECOND}\n\n{THIRD}");
    assert_eq!(story("", between, ""), text, "{between}");
}

#[test]
fn links_to_other_stories_are_not_of_the_story() {
    for teaser in [
        "<p><b>Read more:</b> <a href=/a>Singer Tom Oduya held in Chad</a></p>",
        "<p><em>Also on our site: <a href=/a>Singer Tom Oduya held in Chad</a></em></p>",
        "<p>RELATED | <a href=/a>Singer Tom Oduya held in Chad</a></p>",
        "<div><span>See also</span><a href=/a>Singer Tom Oduya held in Chad</a></div>",
        "<p><a href=/a>Singer Tom Oduya held in Chad</a></p>",
        "<p>Read also: Singer Tom Oduya held in Chad</p>",
        "<ul><li><a href=/a>Singer Tom Oduya held in Chad</a></li><li><a href=/b>Ten soups from Peru</a></li></ul>",
        "<div><h4>Related</h4><ul><li><a href=/a>Singer held in Chad</a></li></ul></div>",
        "<div class=q><h3>More from World</h3><p>A singer was held in Chad on Friday, the police there said in a note.</p></div>",
    ] {
        left_out(teaser, "");
    }
}

#[test]
fn the_storys_own_blocks_stay() {
    kept("<blockquote class=pullquote><p>“Mud is money.”</p></blockquote>", "“Mud is money.”");
    kept("<aside class=pull-quote><p>“Mud is money.”</p></aside>", "“Mud is money.”");
    kept("<h2>A third barge</h2>", "A third barge");
    kept("<h2><a href='#third'>A third barge</a></h2>", "A third barge");
    kept("<table><tr><td>Mud</td><td>40 t</td></tr><tr><td>Sand</td><td>3 t</td></tr></table>", "Mud\t40 t\nSand\t3 t");
    kept("<p>Those elected:</p><ul><li><a href=/f>Ebba Falk</a></li></ul>", "Those elected:\n\n• Ebba Falk");
    kept(
        "<p>Thousands sign up for the march, <a href=/m>the police</a> say.</p>",
        "Thousands sign up for the march, the police say.",
    );
    kept("<p>“We use cookies,” the clerk said.</p>", "“We use cookies,” the clerk said.");
    kept("<p>The advertisement was withdrawn.</p>", "The advertisement was withdrawn.");
    kept("<p><strong>Why so late?</strong></p><p>The pump was broken.</p>", "Why so late?\n\nThe pump was broken.");
    kept("<p><img src=a> The dredger is called “Mole”.</p>", "The dredger is called “Mole”.");
}

#[test]
fn comments_are_of_others_under_any_name() {
    let said = "I was there, and Tom Oduya of Chad never saw the mud that he wrote so much about.";
    let twice = |one: &str| format!("{one}{one}");
    let row = format!("<tr><td>Ann<br>Joined 2019</td><td>{said}</td></tr>");
    let details = format!("<details class=c open><summary>Posted Mar 3 9:10 by Ann</summary><p>{said}</p></details>");
    for comments in [
        format!("<div id=Comments><p>{said}</p></div>"),
        format!("<div class=commentBox><p>{said}</p></div>"),
        format!("<h3>3 comments</h3><div>{said}</div>"),
        format!("<div><div>Join the discussion</div><p>{said}</p></div>"),
        format!("<table>{}</table>", twice(&row)),
        twice(&details),
        twice(&format!("<div class=m><b>Ann</b><div>{said}</div><a href=/r>Reply</a></div>")),
        twice(&format!("<div class=m><p>Ann wrote:</p><p>{said}</p></div>")),
        twice(&format!("<div><div>2 days ago</div><div>{said}</div></div>")),
    ] {
        left_out("", &comments);
    }
}

#[test]
fn captions_and_credits_are_not_of_the_story() {
    for caption in [
        "<p class=image-credit><span>The dredger in Chad.</span><span>(Photo: Tom Oduya, AP)</span></p>",
        "<p>The dredger in Chad. (Photograph by Tom Oduya)</p>",
        "<p>The dredger in Chad. Photo: Tom Oduya</p>",
        "<p>The dredger in Chad. Tom Oduya/Reuters</p>",
        "<p><img src=a></p><p><small>The dredger in Chad, seen by Tom Oduya</small></p>",
        "<table align=right><tr><td><img src=a><br><font size=1>The dredger in Chad</font></td></tr></table>",
        "<div class=photo><img src=a><p>The dredger, by Tom Oduya</p></div>",
        "<figure><img src=a><figcaption>The dredger in Chad</figcaption></figure>",
    ] {
        left_out(caption, "");
    }
}

#[test]
fn what_the_house_says_is_not_of_the_story() {
    for notice in [
        "<div><strong>Sign up for our newsletter</strong><p>Five stories a day from Chad and Peru.</p><a href=/n>Subscribe now</a></div>",
        "<p>Follow us on <a href=/f>Facebook</a></p>",
        "<div><h3>Continue reading</h3><p>This article is for subscribers only.</p></div>",
        "<p>Story continues below</p>",
        "<div class=share-bar><a href=/f>Facebook</a> Share</div>",
    ] {
        left_out(notice, "");
    }
    left_out(
        "",
        "<div>Tags: <a href=/m>Mud</a>, <a href=/p>Peru</a></div><p>© 2031 The Post. All rights reserved.</p>",
    );
    let notice = "<div><p>We use cookies to keep this page going and to show you what we think will suit you best.</p>\
                  <p>You may read of all partners, and of Peru, in our privacy policy at any time.</p></div>";
    left_out("", notice);
}

#[test]
fn of_two_stories_the_one_under_the_pages_headline_is_read() {
    let other =
        "<p>A singer was held in Chad on Friday after a long party on a ship, the police there said.</p>".repeat(6);
    for second in [
        format!("<div class=x><h1>Singer held</h1><p>{other}</p></div>"),
        format!("<div class=y><h1>Singer held</h1><p>By Tom Oduya</p>{other}</div>"),
        format!("<h2>Singer held</h2><p>By Tom Oduya</p>{other}"),
    ] {
        left_out("", &second);
    }
    let page = format!(
        "<title>Mud leaves | Post</title><article><h1>Mud leaves</h1><p>{FIRST}</p><p>{THIRD}</p></article><article><h2>Singer held</h2>{other}</article>"
    );
    assert_eq!(read("a.html", page.as_bytes()).unwrap().text.as_str(), format!("Mud leaves\n\n{FIRST}\n\n{THIRD}"));
}

#[test]
fn entries_of_a_live_blog_are_one_story() {
    let page = format!(
        "<title>Mud leaves</title><h1>Mud leaves</h1><section><article><h3>10:40</h3><p>{SECOND}</p><a href=/s>Share</a></article>\
         <article><h3>10:20</h3><p>{FIRST}</p></article></section>"
    );
    let text = read("a.html", page.as_bytes()).unwrap().text.as_str().to_owned();
    assert!(text.contains(FIRST) && text.contains(SECOND), "{text}");
}

#[test]
fn an_author_is_a_name_and_nothing_else() {
    for byline in [
        "<div class=FeatureByline>By <b>Ebba Falk</b><br>March 2, 2024</div>",
        "<p>By Ebba Falk<br>Lund correspondent</p>",
        "<p class=author>Ebba Falk | 4 min read</p>",
        "<div class=submitted>Submitted by <a class=author href=/e>Ebba Falk</a> on 2 March</div>",
    ] {
        let page = format!("<title>Mud leaves</title><h1>Mud leaves</h1>{byline}<p>{FIRST}</p><p>{SECOND}</p>");
        assert_eq!(read("a.html", page.as_bytes()).unwrap().meta.author, "Ebba Falk", "{byline}");
    }
}

#[test]
fn much_of_one_kind_is_read_in_time() {
    let many = 20_000;
    for part in [
        "<h2>Related</h2>",
        "<img src=a>",
        "<h2>a b c</h2><p>By Tom Oduya",
        "<p>Ann wrote:</p>",
        "<ul><li><a>a b c</a></ul>",
    ] {
        let page =
            format!("<title>Mud leaves</title><h1>Mud leaves</h1><p>{FIRST}</p><p>{SECOND}</p>{}", part.repeat(many));
        let began = std::time::Instant::now();
        assert!(read("a.html", page.as_bytes()).unwrap().text.as_str().contains(FIRST));
        assert!(began.elapsed().as_secs() < 20, "{part}: {:?}", began.elapsed());
    }
}
