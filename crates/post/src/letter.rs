//! A letter in plain text, and the same in simple HTML.

/// What is written to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// What it is about: one sentence.
    pub title: String,
    /// What else it says, a paragraph each.
    pub paragraphs: Vec<String>,
    /// The page that it leads to, whole.
    pub link: Option<String>,
    /// Where its person says that they want no more of these; none where it answers something that they did.
    pub unsubscribe: Option<String>,
}

impl Letter {
    /// As text.
    pub fn text(&self) -> String {
        let mut parts = vec![format!("{}.", self.title)];
        parts.extend(self.paragraphs.iter().cloned());
        parts.extend(self.link.clone());
        if let Some(address) = &self.unsubscribe {
            parts.push(format!("-- \nYou choose what you are told by e-mail: {address}"));
        }
        parts.join("\n\n") + "\n"
    }

    /// As a page without pictures, scripts or anything that is loaded from elsewhere.
    pub fn html(&self) -> String {
        let paragraph = |text: &String| format!("<p>{}</p>", escaped(text));
        let paragraphs: String = self.paragraphs.iter().map(paragraph).collect();
        let link = self.link.as_deref().map(escaped);
        let link =
            link.map(|link| format!("<p><a href=\"{link}\">Open in Tessera</a></p>")).unwrap_or_default();
        let foot = self.unsubscribe.as_deref().map(escaped).map(|address| {
            format!("<p style=\"color:#666;font-size:13px\"><a href=\"{address}\">Choose what you are told by e-mail</a></p>")
        });
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
             <body style=\"font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:24px auto;padding:0 16px\">\
             <p style=\"font-weight:600\">{title}</p>{paragraphs}{link}{}</body></html>",
            foot.unwrap_or_default(),
            title = escaped(&self.title),
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_markup() {
        let letter = Letter {
            to: "ann@example.org".into(),
            title: "<b>Ana</b> shared “A & B” with you".into(),
            paragraphs: vec!["\"><script>".into()],
            link: Some("https://photos.example.org/albums/album_1".into()),
            unsubscribe: Some("https://photos.example.org/settings".into()),
        };
        let html = letter.html();
        assert!(!html.contains("<b>") && !html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;b&gt;Ana&lt;/b&gt; shared “A &amp; B” with you"), "{html}");
        assert!(letter.text().starts_with("<b>Ana</b> shared “A & B” with you.\n\n"));
        assert!(letter.text().contains("https://photos.example.org/settings"));
    }
}
