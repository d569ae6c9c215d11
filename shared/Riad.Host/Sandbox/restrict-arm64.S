/* What a thread of a 64-bit ARM processor does when it gets the signal of ThreadSignal: it restricts itself, and writes what came of it.
 * It runs wherever the thread happens to be, so it touches nothing but its registers and one place of four octets.
 *
 *     aarch64-linux-gnu-as -o restrict.o restrict-arm64.S && aarch64-linux-gnu-ld -Ttext=0 -e 0 -o restrict.elf restrict.o &&
 *         aarch64-linux-gnu-objcopy -O binary -j .text restrict.elf restrict
 */
        .text

handler:                                /* (signal, what was sent with it, where the thread was) */
        ldr     w9, [x1, #24]           /* the number of this thread's place */
        ands    w9, w9, #0x3fff
        b.eq    done                    /* somebody else sent it */
        adr     x10, places

        mov     x0, #38                 /* prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) */
        mov     x1, #1
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        mov     x8, #167
        svc     #0

        ldr     w0, [x10]               /* landlock_restrict_self(the first place, 0) */
        mov     x1, #0
        mov     x8, #446
        svc     #0
        str     w0, [x10, x9, lsl #2]
done:   ret

        .set    places, handler + 0x10000
