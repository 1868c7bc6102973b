// Entry: everything here improves pages that work without it.
import "@/confirm";
import "@/copy-link";
import "@/composer";
import "@/errors";
import "@/focus";
import "@/image-rows";
import "@/lightbox";
import "@/menu";
import "@/reactions";
import "@/relative-time";
import "@/reply-form";
import "@/theme";
import "@/toast";
